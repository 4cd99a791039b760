package org.millrace.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What a victim does and sees around one halt of the server. */
final class Scene {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final TestServer server;
  private final String halt;
  private final Victim victim;
  private final int pieces;

  /**
   * A scene.
   *
   * @param pieces how many: one is held, the others are wherever they are just then
   */
  Scene(TestServer server, String halt, Victim victim, int pieces) {
    this.server = server;
    this.halt = halt;
    this.victim = victim;
    this.pieces = pieces;
  }

  Operations operator() {
    return new Operations(server, "admin");
  }

  Probe probe() {
    return new Probe(server);
  }

  /** The business keys of what is done here; nobody else uses them. */
  List<String> keys() {
    return IntStream.range(0, pieces).mapToObj(i -> unique() + "-" + i).toList();
  }

  /** A word that belongs to this victim and this halt alone. */
  String unique() {
    return victim.name().replaceAll("[^a-z]+", "-") + "-" + halt;
  }

  String replyQueue() {
    return "millrace.reply." + unique();
  }

  /** Sends over the wire as somebody who may. */
  void send(String user, String queue, Map<String, ?> properties, String body, String correlation) {
    try (WireClient wire = Wire.JMS.connect(server, user)) {
      wire.send(
          queue,
          new WireClient.Outgoing(
              body, properties, correlation == null ? null : replyQueue(), correlation));
    }
  }

  /** Starts an instance for each key and waits until all can be seen. */
  void start(String variables) {
    for (String key : keys()) {
      operator()
          .post(
              "instances",
              "{\"process\":\"%s\",\"businessKey\":\"%s\",\"variables\":%s}"
                  .formatted(victim.process(), key, variables))
          .ok();
    }
  }

  /** Waits until so many messages are on a queue. */
  void awaitQueued(String queue) {
    await().atMost(PATIENCE).until(() -> probe().count(queue) >= pieces);
  }

  /** What a worker outside takes from a stage's queue: one piece for each key. */
  List<String> takeWork(String stage) {
    List<String> ids = new ArrayList<>();
    try (WireClient wire = Wire.JMS.connect(server, "worker")) {
      WireClient.Inbox inbox = wire.consume("millrace.stage." + stage);
      for (int i = 0; i < pieces; i++) {
        WireMessage work = inbox.receive(PATIENCE);
        if (work == null) {
          throw new AssertionError("no work on " + stage);
        }
        ids.add(work.properties().get("workId"));
      }
    }
    return ids;
  }

  /** All replies that have come; as many as are expected, and those that are too many. */
  List<String> replies(int expected) {
    List<String> states = new ArrayList<>();
    try (WireClient wire = Wire.JMS.connect(server, "client")) {
      WireClient.Inbox inbox = wire.consume(replyQueue());
      WireMessage reply = inbox.receive(PATIENCE);
      while (reply != null) {
        states.add(reply.correlationId() + " " + reply.properties().get("state"));
        reply = inbox.receive(states.size() < expected ? PATIENCE : Duration.ofMillis(200));
      }
    }
    return states.stream().sorted().toList();
  }

  private JsonNode instances(String key) {
    String query = "instances?process=%s&businessKey=%s";
    return operator()
        .get(query.formatted(victim.process(), Operations.encode(key)))
        .ok()
        .get("items");
  }

  /** The one instance of a key. */
  String one(String key) {
    JsonNode found = await().atMost(PATIENCE).until(() -> instances(key), all -> !all.isEmpty());
    if (found.size() != 1) {
      throw new AssertionError(key + " was started " + found.size() + " times");
    }
    return found.get(0).get("id").asText();
  }

  List<String> ledger(String instanceId) {
    return new Rows(server)
        .select("select activity from matrix_ledger where instance_id = '" + instanceId + "'");
  }
}
