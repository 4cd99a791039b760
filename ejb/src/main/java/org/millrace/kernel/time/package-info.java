/**
 * Points and stretches of time as BPMN documents write them: ISO 8601 and cron.
 *
 * <p>Belongs here: reading such texts and reckoning with them, without a clock. Never here: waits,
 * elements. Depends on: nothing.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.kernel.time;
