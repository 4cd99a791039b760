package org.millrace.api.operation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One instance as it is now, and all that happened to it, in the order in which it happened.
 *
 * @param waits also those of the instances that it called
 * @param calledBy null for one that was started from outside
 * @param called what it called itself, oldest first
 */
public record InstanceView(
    String id,
    String process,
    int version,
    @Nullable String businessKey,
    String state,
    Instant startedAt,
    @Nullable Instant endedAt,
    Map<String, Object> variables,
    List<TokenView> tokens,
    List<WaitView> waits,
    List<HistoryView> history,
    List<IncidentView> incidents,
    @Nullable CallerView calledBy,
    List<CalledView> called) {

  /**
   * The caller of an instance.
   *
   * @param activity the call activity in it
   */
  public record CallerView(String instanceId, String activity) {}

  /**
   * An instance that was called.
   *
   * @param activity the call activity that called it
   * @param incidents how many stand on it and on all that it called
   */
  public record CalledView(
      String id, String activity, String process, int version, String state, int incidents) {}

  /** A place where the instance stands. */
  public record TokenView(String activity, Instant since) {}

  /**
   * One passage through an element.
   *
   * @param type the BPMN element's name, e.g. {@code serviceTask}
   * @param state {@code active}, {@code completed}, {@code cancelled} or {@code failed}
   * @param attempt the number of the last attempt for work, 1 for everything else
   * @param decision what was decided in it, null where nothing was
   * @param failures all that failed in it, in order
   */
  public record HistoryView(
      String activity,
      String type,
      String state,
      Instant startedAt,
      @Nullable Instant endedAt,
      int attempt,
      @Nullable EvaluationView decision,
      List<FailureView> failures) {}

  /**
   * One attempt that failed.
   *
   * @param attempt its number, from 1; a person's retry goes on counting
   * @param message the cause in one line
   * @param details its stack trace, where there is one
   */
  public record FailureView(int attempt, Instant at, String message, @Nullable String details) {}
}
