/**
 * The compact executable form of a process, made once per version and shared by all threads.
 *
 * <p>Belongs here: structure and compiled expressions. Never here: XML, state. Depends on: {@code
 * kernel.element}.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.kernel.graph;
