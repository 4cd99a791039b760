/**
 * Tests from outside: a real server, started from the one that the build made ready, spoken to over
 * HTTP, JMS, AMQP 1.0 and STOMP as any client would.
 *
 * <p>Belongs here: whatever needs the running server, and what such tests share ({@link
 * org.millrace.it.TestServer}, {@link org.millrace.it.WireClient}). Never here: what a test of the
 * engine alone can prove faster.
 */
package org.millrace.it;
