/**
 * How states and events are written down: JSON that is small, readable, and read again by every
 * later version.
 *
 * <p>Belongs here: the stored formats, with their version numbers. Never here: tables. Depends on:
 * {@code kernel.state}, {@code kernel.event}, {@code json}.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.persistence.codec;
