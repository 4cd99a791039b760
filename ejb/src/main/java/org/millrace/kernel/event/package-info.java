/**
 * What happened to an instance. Events are its history, and folding them gives its state: an event
 * says all that {@code InstanceState.apply} needs, and nothing is changed without one.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.kernel.event;
