/**
 * What is deployed in Millrace's server to be measured: stage beans, and the floor, a bare loop of
 * message-driven beans that shows what the server could do without an engine. Depends on Millrace's
 * api alone.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.bench.server;
