package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Many customers at one STOMP connection, and the manager who approves. They know what has been
 * answered, and send the rest again when the server comes back: with the same requestId, so that
 * they need not know what it has already done.
 */
final class Customers {

  /** So long may nothing be heard at all. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** So much is decided at once: who decides thousands hears nothing meanwhile. */
  private static final int DECISIONS = 50;

  private static final Duration MOMENT = Duration.ofMillis(200);

  private final String replyQueue = "millrace.reply." + UUID.randomUUID();
  private final Map<String, Sale> sales = new LinkedHashMap<>();
  private final Set<String> accepted = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private final Set<String> answeredEvents = new HashSet<>();
  private final Set<String> openEvents = new HashSet<>();
  private int replies;

  Customers(List<Sale> all) {
    all.forEach(sale -> sales.put(sale.order().id(), sale));
  }

  /** How many replies they have had. */
  int replies() {
    return replies;
  }

  int unended() {
    return sales.size() - ended.size();
  }

  /** Does all that is still to be done, until every order has ended or it is enough. */
  void serve(TestServer server, BooleanSupplier enough) {
    openEvents.clear();
    try (WireClient wire = Wire.STOMP.connect(server, "client")) {
      WireClient.Inbox inbox = wire.consume(replyQueue);
      for (Sale sale : sales.values()) {
        if (!accepted.contains(sale.order().id())) {
          start(wire, sale);
        }
        read(wire, inbox, Duration.ZERO);
        if (enough.getAsBoolean()) {
          return;
        }
      }
      accepted.forEach(id -> sendEvents(wire, sales.get(id)));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!enough.getAsBoolean() && !(unended() == 0 && openEvents.isEmpty())) {
        int before = replies;
        read(wire, inbox, MOMENT);
        if (replies > before) {
          deadline = System.nanoTime() + PATIENCE.toNanos();
        }
        decide(Api.as(server, "user"));
        if (System.nanoTime() > deadline) {
          throw new AssertionError(
              "not ended: %s; not answered: %s; for example %s"
                  .formatted(missing(), openEvents, example(Api.as(server, "viewer"))));
        }
      }
    }
  }

  private Set<String> missing() {
    Set<String> missing = new HashSet<>(sales.keySet());
    missing.removeAll(ended);
    return missing;
  }

  /** How one of those that are missing stands. */
  private String example(Api viewer) {
    String id = missing().stream().findFirst().orElse("none");
    Api.Answer found = viewer.get("instances?process=order&businessKey=" + id);
    JsonNode instance = found.json().path("items").path(0);
    return id
        + ": "
        + (instance.isMissingNode()
            ? found.text()
            : viewer.get("instances/" + instance.get("id").asText()).text());
  }

  private void start(WireClient wire, Sale sale) {
    Order order = sale.order();
    Map<String, Object> properties = new HashMap<>(sale.startProperties());
    properties.put("acknowledge", true);
    wire.send(
        "millrace.start",
        new WireClient.Outgoing(order.json(), properties, replyQueue, "start " + order.id()));
  }

  private void sendEvents(WireClient wire, Sale sale) {
    for (String message : sale.messages()) {
      String event = message + " " + sale.order().id();
      if (!answeredEvents.contains(event) && openEvents.add(event)) {
        wire.send(
            "millrace.event",
            new WireClient.Outgoing("{}", sale.eventProperties(message), replyQueue, event));
      }
    }
  }

  private void read(WireClient wire, WireClient.Inbox inbox, Duration timeout) {
    WireMessage reply = inbox.receive(timeout);
    while (reply != null) {
      replies++;
      String state = reply.properties().get("state");
      String[] request = reply.correlationId().split(" ", 2);
      String id = request[1];
      if (request[0].equals("start")) {
        assertThat(state).as(reply.toString()).isIn("running", "completed");
        accepted.add(id);
        if (state.equals("completed")) {
          ended.add(id);
        }
        sendEvents(wire, sales.get(id));
      } else {
        assertThat(state).as(reply.toString()).isIn("delivered", "kept");
        answeredEvents.add(reply.correlationId());
        openEvents.remove(reply.correlationId());
      }
      reply = inbox.receive(Duration.ZERO);
    }
  }

  /** The manager's part. What cannot be done just now is looked at again in the next round. */
  private void decide(Api manager) {
    Api.Answer tasks = manager.get("tasks?group=managers&size=500");
    if (tasks.status() != 200) {
      return;
    }
    int decided = 0;
    for (JsonNode task : tasks.json()) {
      Sale sale = sales.get(task.get("businessKey").asText());
      if (sale != null && sale.needsTask() && decided++ < DECISIONS) {
        boolean approved = sale.kind() == Sale.Kind.APPROVED;
        manager.post(
            "tasks/" + task.get("id").asText() + "/complete", "{\"approved\":" + approved + "}");
      }
    }
  }
}
