package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A client that asks for replies on a queue of its own, and reads them. */
final class Requester implements AutoCloseable {

  private final String replyQueue = "millrace.reply." + UUID.randomUUID();
  private final WireClient wire;
  private final WireClient.Inbox replies;

  Requester(Wire wire, TestServer server, String user) {
    this.wire = wire.connect(server, user);
    this.replies = this.wire.consume(replyQueue);
  }

  /** Sends to any of the queues that reply; returns the correlation id. */
  String send(String queue, Map<String, ?> properties, String body) {
    String correlationId = "c-" + UUID.randomUUID();
    wire.send(queue, new WireClient.Outgoing(body, properties, replyQueue, correlationId));
    return correlationId;
  }

  /** Starts an order; more properties may be given, as name, value, name, value. */
  String start(Order order, Object... more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("process", "order");
    properties.put("businessKey", order.id());
    for (int i = 0; i < more.length; i += 2) {
      properties.put((String) more[i], more[i + 1]);
    }
    return send("millrace.start", properties, order.json());
  }

  String event(String message, Order order) {
    return send("millrace.event", Map.of("message", message, "businessKey", order.id()), "{}");
  }

  String replyQueue() {
    return replyQueue;
  }

  /** The next reply; it must come, and it must be to this request. */
  WireMessage reply(String correlationId) {
    WireMessage reply = replies.receive(Operations.PATIENCE);
    assertThat(reply).as("the reply to %s", correlationId).isNotNull();
    assertThat(reply.correlationId()).isEqualTo(correlationId);
    return reply;
  }

  /** So many replies, to whichever requests. */
  List<WireMessage> replies(int count) {
    return Stream.generate(() -> replies.receive(Operations.PATIENCE)).limit(count).toList();
  }

  void expectNoMore() {
    assertThat(replies.receive(Duration.ofMillis(200))).isNull();
  }

  @Override
  public void close() {
    wire.close();
  }
}
