/**
 * The shell around the kernel: lock, load, decide, store, dispatch; and the ports that it needs.
 *
 * <p>Belongs here: the one way in which an instance is changed, compiled graphs, the interfaces of
 * stores and of the dispatcher. Never here: SQL, JMS. Depends on: {@code kernel}, {@code
 * definition}, {@code json}, {@code api}. All of it runs inside the caller's transaction.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.execution;
