/**
 * What can be measured of the engine, and how it is asked for.
 *
 * <p>Belongs here: counters and timings in memory. Never here: anything that the engine's decisions
 * depend on. Depends on: nothing of ours.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.observability;
