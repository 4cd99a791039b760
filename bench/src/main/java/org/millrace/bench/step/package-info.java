/**
 * What one step of the kernel costs, by JMH.
 *
 * <p>Belongs here: benchmarks of pure code, without a server. Never here: what needs one. Depends
 * on: the kernel and JMH.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.bench.step;
