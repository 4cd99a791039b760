/**
 * Messages in and out: the engine's own message-driven beans, the door for stage beans, the
 * dispatcher.
 *
 * <p>Belongs here: everything that knows JMS. Never here: rules. Bad messages are refused and kept,
 * never thrown; whatever else goes wrong rolls the transaction back. Depends on: {@code execution},
 * {@code kernel}, {@code api}, {@code json}, {@code observability}, and Artemis's own destinations.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.messaging;
