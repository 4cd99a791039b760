/**
 * How errors look: {@code application/problem+json} (RFC 9457), whatever went wrong and wherever.
 *
 * <p>Belongs here: the document, and which exception becomes which status. Never here: decisions of
 * the engine; it says itself why it refuses. Depends on: Jakarta REST and {@code api.operation}.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.web.problem;
