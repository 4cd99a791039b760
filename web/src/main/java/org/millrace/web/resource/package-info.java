/**
 * The JSON resources under {@code /api}: one class per path, each method one call of one service.
 *
 * <p>Belongs here: paths, parameters and bodies as the contract names them, and {@code
 * openapi.json}, which describes them (a test compares the two). Never here: decisions, roles and
 * transactions; the services have them. Depends on: {@code api.operation} and Jakarta REST.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.web.resource;
