/**
 * The server's transaction manager, seen through its management beans.
 *
 * <p>Belongs here: reading its log, and taking off what a person has accepted. Never here: deciding
 * the outcome of a transaction; that is the recovery's alone. Depends on: {@code execution}'s
 * ports.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.recovery;
