package org.millrace.it;

import java.util.Map;

/**
 * A message as it came over the wire.
 *
 * @param body the text, also of a message that came as bytes
 * @param correlationId null where there is none
 * @param properties the application's own, as text whatever their type
 */
record WireMessage(String body, String correlationId, Map<String, String> properties) {}
