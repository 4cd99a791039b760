/**
 * What can be asked of an instance. Every change, an operator's too, is one of these: there is no
 * second write path.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.kernel.command;
