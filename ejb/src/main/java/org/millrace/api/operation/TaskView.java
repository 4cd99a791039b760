package org.millrace.api.operation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A human task that waits.
 *
 * @param id the wait's id
 * @param name the activity's name, or its id where it has none
 * @param assignee who claimed it
 * @param groups whose members may claim it; empty: anyone with the role user
 * @param variables what the activity sees
 */
public record TaskView(
    String id,
    String instanceId,
    String process,
    @Nullable String businessKey,
    String activity,
    String name,
    @Nullable String assignee,
    List<String> users,
    List<String> groups,
    Instant since,
    Map<String, Object> variables) {}
