/**
 * JSON as resources and pages read and write it.
 *
 * <p>Belongs here: the one configuration of the JSON library, the strict reading of bodies, the
 * exact numbers and the form of times. Never here: what a particular resource takes. Depends on:
 * Jackson as the server has it (the WAR's manifest names its modules; JSON-B knows neither records
 * nor strictness), Jakarta REST, {@code api.operation} for refusals.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.web.json;
