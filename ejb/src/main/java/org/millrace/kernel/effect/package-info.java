/**
 * What is to be done outside the instance when its new state is stored, in the same transaction.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.kernel.effect;
