package org.millrace.kernel.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something from outside that a scope waits for.
 *
 * @param scope the scope that owns it and takes it along when it ends
 * @param element what is told when it comes: the activity, a boundary event on it, a start event of
 *     an event sub-process in it
 * @param name the stage, message or signal; null for what has none
 * @param key the correlation key of a message; null where only instance and business key select
 * @param due when a timer fires
 * @param attempt the attempt that is under way, from 1
 * @param attemptsLeft how many attempts there are with this one; 0 when it stands as an incident
 * @param repeats how often a timer fires again after this time; {@link
 *     org.millrace.kernel.time.Recurrence#FOREVER} for always
 * @param assignee who claimed a task
 * @param part which of its element's several event definitions it is for, from 0
 */
public record Wait(
    int id,
    int scope,
    String element,
    Kind kind,
    @Nullable String name,
    @Nullable String key,
    @Nullable Instant due,
    int attempt,
    int attemptsLeft,
    int repeats,
    @Nullable String assignee,
    List<String> users,
    List<String> groups,
    int part) {

  /** What kind of answer ends the wait; spelled as in the contract. */
  public enum Kind {
    WORK,
    TASK,
    MESSAGE,
    SIGNAL,
    CONDITION,
    TIMER,
    /** The end of a called instance; shown to nobody, its own waits are. */
    CALL;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public static Wait work(int id, int scope, String element, String stage, int attempts) {
    return new Wait(
        id, scope, element, Kind.WORK, stage, null, null, 1, attempts, 0, null, List.of(),
        List.of(), 0);
  }

  public static Wait message(int id, int scope, String element, String name, @Nullable String key) {
    return new Wait(
        id, scope, element, Kind.MESSAGE, name, key, null, 1, 1, 0, null, List.of(), List.of(), 0);
  }

  public static Wait signal(int id, int scope, String element, String name) {
    return new Wait(
        id, scope, element, Kind.SIGNAL, name, null, null, 1, 1, 0, null, List.of(), List.of(), 0);
  }

  public static Wait condition(int id, int scope, String element) {
    return new Wait(
        id,
        scope,
        element,
        Kind.CONDITION,
        null,
        null,
        null,
        1,
        1,
        0,
        null,
        List.of(),
        List.of(),
        0);
  }

  public static Wait timer(int id, int scope, String element, Instant due, int repeats) {
    return new Wait(
        id,
        scope,
        element,
        Kind.TIMER,
        null,
        null,
        due,
        1,
        1,
        repeats,
        null,
        List.of(),
        List.of(),
        0);
  }

  public static Wait task(
      int id,
      int scope,
      String element,
      @Nullable String assignee,
      List<String> users,
      List<String> groups) {
    return new Wait(
        id, scope, element, Kind.TASK, null, null, null, 1, 1, 0, assignee, users, groups, 0);
  }

  public static Wait call(int id, int scope, String element) {
    return new Wait(
        id, scope, element, Kind.CALL, null, null, null, 1, 1, 0, null, List.of(), List.of(), 0);
  }

  public Wait withAttempts(int attempt, int left) {
    return new Wait(
        id, scope, element, kind, name, key, due, attempt, left, repeats, assignee, users, groups,
        part);
  }

  public Wait inPart(int which) {
    return new Wait(
        id,
        scope,
        element,
        kind,
        name,
        key,
        due,
        attempt,
        attemptsLeft,
        repeats,
        assignee,
        users,
        groups,
        which);
  }

  Wait withAssignee(@Nullable String user) {
    return new Wait(
        id,
        scope,
        element,
        kind,
        name,
        key,
        due,
        attempt,
        attemptsLeft,
        repeats,
        user,
        users,
        groups,
        part);
  }

  Wait renamed(Renaming names) {
    return new Wait(
        id,
        scope,
        names.of(element),
        kind,
        name,
        key,
        due,
        attempt,
        attemptsLeft,
        repeats,
        assignee,
        users,
        groups,
        part);
  }
}
