package org.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.millrace.it.Letter.Kind;

/**
 * Letters to every queue, one in ten as it should be, and the others not; all of them by a seed.
 */
final class Garbage {

  /** Where clients may send. */
  static final List<String> OPEN =
      List.of(
          "millrace.start",
          "millrace.event",
          "millrace.signal",
          "millrace.outcome",
          "millrace.deploy");

  /** Where only the engine sends: whoever is inside the server could, too. */
  static final List<String> INNER =
      List.of(
          "millrace.timer",
          "millrace.call",
          "millrace.stage.check-order",
          "millrace.stage.bulk-nobody",
          "millrace.dead",
          "millrace.rejected");

  private static final String BODY =
      "{\"orderId\":\"7\",\"customer\":\"älice\",\"total\":12.50,\"vip\":true,\"note\":null,"
          + "\"items\":[{\"sku\":\"A\",\"quantity\":1,\"price\":10},{\"sku\":\"B\"}]}";

  private final String run;
  private final List<String> works;
  private final Random random;
  private final Mutations mutations;
  private int count;

  /**
   * @param run the id of what is deployed for this run: its processes, its message and its signal
   * @param works ids of work that is open
   */
  Garbage(String run, List<String> works, Random random) {
    this.run = run;
    this.works = works;
    this.random = random;
    this.mutations = new Mutations(random);
  }

  boolean isGood(Letter letter) {
    return letter.mark().endsWith("-good");
  }

  /** The next letter to one of these queues. */
  Letter next(List<String> queues) {
    String queue = mutations.pick(queues);
    boolean good = random.nextInt(10) == 0;
    String mark = run + "-" + count++ + (good ? "-good" : "");
    Map<String, Serializable> properties = properties(queue, mark);
    byte[] body = body(queue);
    Kind kind = random.nextInt(4) == 0 ? Kind.BYTES : Kind.TEXT;
    if (!good) {
      int what = random.nextInt(10);
      if (what == 0) {
        kind = mutations.pick(List.of(Kind.values()));
      }
      if (what < 5) {
        spoil(properties);
      }
      if (what > 3) {
        body = mutations.mutate(body);
      }
    }
    return new Letter(mark, queue, kind, properties, body);
  }

  private void spoil(Map<String, Serializable> properties) {
    do {
      List<String> names = new ArrayList<>(properties.keySet());
      names.addAll(
          List.of("JMSXGroupID", "reason", "rejectedFrom", "a.b", "a b", "ä", "acknowledge"));
      String name = mutations.pick(names);
      if (random.nextInt(4) == 0) {
        properties.remove(name);
      } else {
        properties.put(name, mutations.value());
      }
    } while (random.nextInt(3) == 0);
  }

  private byte[] body(String queue) {
    String text =
        switch (queue) {
          case "millrace.deploy" -> Bpmn.empty(run + "-deployed");
          default -> random.nextInt(5) == 0 ? "" : BODY;
        };
    return text.getBytes(UTF_8);
  }

  private Map<String, Serializable> properties(String queue, String mark) {
    // In their order: a Map.of has another one in each Java virtual machine, and the seed none.
    return new TreeMap<>(
        switch (queue) {
          case "millrace.start" -> start(mark);
          case "millrace.event" -> event(mark);
          case "millrace.signal" -> Map.of("signal", run + "-signal");
          case "millrace.outcome" -> outcome();
          case "millrace.deploy" -> Map.of("name", "bulk.bpmn");
          case "millrace.timer" -> timer();
          case "millrace.call" -> call();
          default ->
              Map.of(
                  "workId", work(), "process", run, "version", 1, "activity", "step", "attempt", 1);
        });
  }

  private Map<String, Serializable> start(String mark) {
    return random.nextBoolean()
        ? Map.of("process", run, "businessKey", mark)
        : Map.of("process", run, "businessKey", mark, "requestId", mark, "version", 1);
  }

  private Map<String, Serializable> event(String mark) {
    return random.nextBoolean()
        ? Map.of("message", run + "-message", "businessKey", mark, "requestId", mark)
        : Map.of("message", "nobody", "correlationKey", mark, "timeToLive", 2000L);
  }

  private Map<String, Serializable> outcome() {
    return switch (random.nextInt(4)) {
      case 0 -> Map.of("workId", work(), "outcome", "error", "errorCode", "NO_LUCK");
      case 1 -> Map.of("workId", work(), "outcome", "failed", "errorMessage", "no", "retry", false);
      case 2 -> Map.of("workId", work(), "outcome", "escalation", "escalationCode", "UP");
      default -> Map.of("workId", work(), "outcome", "done");
    };
  }

  private Map<String, Serializable> timer() {
    return switch (random.nextInt(5)) {
      case 0 -> Map.of("waitId", work());
      case 1 -> Map.of("signalled", UUID.randomUUID().toString(), "waits", "1 2");
      case 2 ->
          Map.of(
              "process",
              run,
              "element",
              "start",
              "part",
              0,
              "version",
              1,
              "due",
              "2026-01-01T00:00:00Z");
      case 3 -> Map.of("bucket", 1L);
      default -> Map.of("kept", UUID.randomUUID().toString());
    };
  }

  private Map<String, Serializable> call() {
    return switch (random.nextInt(4)) {
      case 0 ->
          Map.of(
              "call", "start", "waitId", work(), "process", run, "binding", "LATEST", "attempt", 1);
      case 1 -> Map.of("call", "ended", "waitId", work(), "state", "completed", "attempt", 1);
      case 2 -> Map.of("call", "escalated", "escalatedWaitId", work(), "escalationCode", "UP");
      default -> Map.of("call", "cancel", "instanceId", UUID.randomUUID().toString());
    };
  }

  /** Seldom one of nobody: such a message is given time before it is refused. */
  private String work() {
    return random.nextInt(200) == 0 ? UUID.randomUUID() + ".1" : mutations.pick(works);
  }
}
