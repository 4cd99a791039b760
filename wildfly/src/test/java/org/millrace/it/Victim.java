package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A bean in the middle of whose transaction the server is halted, and how to see afterwards that
 * what it did happened once.
 */
abstract class Victim {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final EnumSet<KillPoint> AUTHORS =
      EnumSet.of(KillPoint.BEFORE_WORK, KillPoint.AFTER_WORK);

  private final String name;
  private final String process;
  private final String queue;
  private final EnumSet<KillPoint> never;

  /**
   * A victim.
   *
   * @param process of which it has instances, if of any
   * @param queue whose messages it takes
   * @param never points that its transaction has not, besides those of an author's work
   */
  Victim(String name, String process, String queue, KillPoint... never) {
    this.name = name;
    this.process = process;
    this.queue = queue;
    this.never = EnumSet.copyOf(AUTHORS);
    this.never.addAll(List.of(never));
  }

  String name() {
    return name;
  }

  String process() {
    return process;
  }

  String queue() {
    return queue;
  }

  /** Which of the queue's messages it is about: a condition on $1, in Byteman's words. */
  String mark() {
    return "true";
  }

  boolean passes(KillPoint point) {
    return !never.contains(point) || (AUTHORS.contains(point) && hasAuthor(point));
  }

  /** Whether an author's own work is part of it. */
  boolean hasAuthor(KillPoint point) {
    return false;
  }

  /** The processes that it is about, deployed once. */
  abstract List<String> models();

  /** Brings everything to where the bean has nothing left but to take its messages. */
  void prepare(Scene scene) {}

  /** Has the messages sent; the queue is held back meanwhile. */
  abstract void load(Scene scene);

  /** After the halt and the restart: all of it happened, and happened once. */
  abstract void verify(Scene scene);

  /** The state in which the instance of a key ends, and what the stages wrote down meanwhile. */
  static void verifyOnce(Scene scene, String key, List<String> ledger) {
    String id = scene.one(key);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(scene.operator().instance(id).get("state").asText())
                    .as(key)
                    .isEqualTo("completed"));
    assertThat(scene.ledger(id))
        .as("the ledger of " + key)
        .containsExactlyInAnyOrderElementsOf(ledger);
    JsonNode history = scene.operator().instance(id).get("history");
    Set<String> activities = new TreeSet<>();
    for (JsonNode line : history) {
      assertThat(activities.add(line.get("activity").asText()))
          .as("%s passes each activity once: %s", key, history)
          .isTrue();
    }
  }

  /** The one incident of each, which comes when the broker or the engine has given up. */
  static JsonNode incident(Scene scene, String key) {
    String id = scene.one(key);
    JsonNode found =
        await()
            .atMost(PATIENCE)
            .until(() -> scene.operator().instance(id).get("incidents"), all -> !all.isEmpty());
    assertThat(found).as("incidents of " + key).hasSize(1);
    return found.get(0);
  }

  @Override
  public String toString() {
    return name;
  }
}
