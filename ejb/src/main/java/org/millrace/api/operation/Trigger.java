package org.millrace.api.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a wait, given by hand.
 *
 * @param outcome {@code done} (also when null), {@code error} or {@code failed}, as on {@code
 *     millrace.outcome}; only work and tasks take anything but done
 * @param errorCode for {@code error}
 * @param errorMessage for {@code error} and {@code failed}
 * @param escalationCode for {@code escalation}
 * @param variables merged into the instance
 */
public record Trigger(
    @Nullable String outcome,
    @Nullable String errorCode,
    @Nullable String errorMessage,
    @Nullable String escalationCode,
    Map<String, Object> variables) {

  public static Trigger done(Map<String, Object> variables) {
    return new Trigger("done", null, null, null, variables);
  }
}
