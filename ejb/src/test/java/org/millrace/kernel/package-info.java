/**
 * Tests of the kernel, and their kit: {@link org.millrace.kernel.TestProcess} draws a process,
 * {@link org.millrace.kernel.Scenario} plays it and holds {@link org.millrace.kernel.Invariants}
 * after every step.
 *
 * <p>Belongs here: given/when/then tests per element and verb, random processes. Never here: BPMN
 * XML, mocks, servers. Depends on: the kernel alone.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.kernel;
