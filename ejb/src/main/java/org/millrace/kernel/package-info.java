/**
 * The rules of BPMN, in pure Java: a command against a state gives events and effects, or a
 * rejection.
 *
 * <p>Belongs here: {@link org.millrace.kernel.Kernel}, the only entry, and {@link
 * org.millrace.kernel.Step} with the rooms behind it, the verbs that all elements share. Never
 * here: clocks, random numbers, threads, Jakarta EE, databases, messages. Depends on: nothing but
 * the JDK.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.kernel;
