/**
 * PostgreSQL's driver, told not to give up what can still be settled: docs/adr/0012.
 *
 * <p>Belongs here: what the server's XA data source needs beyond the driver. Never here: anything
 * of the engine. Depends on the driver alone.
 */
@NullMarked
package org.millrace.wildfly.postgresql;

import org.jspecify.annotations.NullMarked;
