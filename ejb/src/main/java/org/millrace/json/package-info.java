/**
 * The engine's one JSON codec.
 *
 * <p>Belongs here: JSON text to JSON-like Java values and back, with the limits that protect what
 * lies behind. Never here: what a document means. Depends on: Jackson's streaming API alone.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.json;
