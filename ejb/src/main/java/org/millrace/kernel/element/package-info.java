/**
 * One record per kind of BPMN element: its data and its behaviour together, in the verbs of {@link
 * org.millrace.kernel.Step}. If one exceeds about 150 lines, a verb is missing.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.kernel.element;
