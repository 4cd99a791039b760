/**
 * The engine's memory: the stores of {@code execution} on a relational database, H2 or PostgreSQL.
 *
 * <p>Belongs here: tables and their migration, rows, queries, statements counted and few. Never
 * here: decisions, JMS. Depends on: the ports of {@code execution}, {@code kernel.state}, {@code
 * kernel.event}, {@code json}, the views of {@code api}, Hibernate, Flyway.
 *
 * <p>Hibernate's {@code StatelessSession} has no persistence context, so the statements are those
 * that a store asks for, when it asks. All of it runs in the caller's transaction; the one
 * exception is {@link org.millrace.persistence.Migration}.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.persistence;
