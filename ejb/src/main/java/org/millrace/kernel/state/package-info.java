/**
 * Where an instance stands: tokens in scopes, what it waits for, what can be compensated.
 *
 * <p>Belongs here: data, and how an event changes it. Never here: decisions.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.kernel.state;
