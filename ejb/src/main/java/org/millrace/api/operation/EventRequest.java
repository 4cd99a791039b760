package org.millrace.api.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A BPMN message from outside; it goes to one waiting instance, or starts one. At most one of the
 * three ways to name its receiver is needed: business key, instance id, correlation key.
 *
 * @param timeToLive in ms: how long it is kept when nobody waits; 0 for not at all
 */
public record EventRequest(
    String message,
    @Nullable String businessKey,
    @Nullable String instanceId,
    @Nullable String correlationKey,
    @Nullable String requestId,
    long timeToLive,
    Map<String, Object> variables) {}
