/**
 * What authors of stages compile against; together with {@code api.operation} it is the ejb-client
 * jar.
 *
 * <p>Belongs here: the base class of stage beans, what they are given and what they return. Never
 * here: anything that knows how the engine works. Depends on: Jakarta Messaging and Enterprise
 * Beans alone.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.api;
