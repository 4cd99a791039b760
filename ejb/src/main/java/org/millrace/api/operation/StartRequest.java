package org.millrace.api.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wish to start an instance.
 *
 * @param process the process id
 * @param version null for the newest
 * @param requestId a request id that was accepted before for this process starts nothing and
 *     answers with the first instance
 * @param priority 0 (lowest) to 9; 4 is the default of JMS
 */
public record StartRequest(
    String process,
    @Nullable Integer version,
    @Nullable String businessKey,
    @Nullable String requestId,
    int priority,
    Map<String, Object> variables) {

  public static final int DEFAULT_PRIORITY = 4;
}
