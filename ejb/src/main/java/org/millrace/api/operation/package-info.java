/**
 * The application services that pages, JSON resources and queues call, and what they take and
 * return.
 *
 * <p>Belongs here: interfaces of use cases, immutable views, the roles. Never here: persistence,
 * messages, markup. Each call is one transaction and enforces the roles that its comment names. Ids
 * are opaque strings; times are UTC.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.api.operation;
