/**
 * The application services behind {@code api.operation}: who may do what, and which command it is.
 *
 * <p>Belongs here: roles, the way from a request to the shell, the way from stored state to views.
 * Never here: rules, SQL, JMS. Depends on: {@code execution}, {@code kernel}, {@code api}, {@code
 * observability}.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.operation;
