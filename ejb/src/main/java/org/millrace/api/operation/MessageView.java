package org.millrace.api.operation;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that was refused or could not be delivered.
 *
 * @param from the queue that it was sent to first
 * @param reason why it is here
 * @param body its text; bytes that are no UTF-8 are shown as Base64; cut after 64 KiB
 */
public record MessageView(
    String id,
    String queue,
    @Nullable String from,
    @Nullable String reason,
    Instant at,
    Map<String, Object> properties,
    String body) {}
