package org.millrace.it;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of order, over every protocol: replies, JSON resources and rows agree. */
class OrderIT {

  private TestServer server;
  private Operations viewer;
  private Operations operator;
  private Rows rows;
  private long stockBefore;

  @BeforeEach
  void connect(TestServer shared) {
    server = shared;
    viewer = new Operations(shared, "viewer");
    operator = new Operations(shared, "operator");
    rows = new Rows(shared);
    stockBefore = stock();
  }

  @ParameterizedTest
  @EnumSource
  void givenAPlainOrder_whenItIsDelivered_thenEverythingIsDoneOnceAndTold(Wire wire) {
    Order order = Order.plain();
    try (Requester client = requester(wire)) {
      String request = client.start(order, "acknowledge", true);
      WireMessage started = client.reply(request);
      assertReply(started, "running", order);
      String id = started.properties().get("instanceId");
      viewer.awaitWait(id, "delivered");

      assertThat(client.reply(client.event("delivered", order)).properties())
          .containsEntry("state", "delivered")
          .containsEntry("instanceId", id);
      WireMessage ended = client.reply(request);
      assertReply(ended, "completed", order);
      assertThat(ended.properties()).containsEntry("instanceId", id);
      JsonNode result = Api.parse(ended.body());
      assertThat(result.get("total").decimalValue()).isEqualByComparingTo("20.00");
      assertThat(result.get("orderId").asText()).isEqualTo(order.id());
      client.expectNoMore();

      JsonNode instance = viewer.awaitState(id, "completed");
      assertThat(activities(instance))
          .containsExactly(
              "order-received",
              "fulfil-order",
              "fulfilment-started",
              "check-order",
              "needs-approval",
              "reserve-stock",
              "charge-payment",
              "ship-order",
              "shipped",
              "wait-for-delivery",
              "delivered",
              "notify-customer",
              "order-completed");
      assertThat(instance.get("variables")).isEqualTo(result);
    }
    awaitRows(order, 1, "charged", 1, 1, 2);
  }

  @ParameterizedTest
  @EnumSource
  void givenAShippedOrder_whenTheHourIsOver_thenTheCustomerIsNotifiedAllTheSame(Wire wire) {
    Order order = Order.plain();
    try (Requester client = requester(wire)) {
      String request = client.start(order);
      String id = viewer.awaitInstance(order.id());
      JsonNode timer = viewer.awaitWait(id, "hour-over");
      assertThat(timer.get("kind").asText()).isEqualTo("timer");
      assertThat(timer.get("due").asText()).isNotEmpty();
      trigger(timer, "{}");
      assertReply(client.reply(request), "completed", order);
      assertEndedAt(id, "order-completed");
    }
    awaitRows(order, 1, "charged", 1, 1, 2);
  }

  @ParameterizedTest
  @EnumSource
  void givenADeclinedCard_thenTheStockIsReleased(Wire wire) {
    Order order = Order.of("declined", 2, 10);
    assertThat(endsAt(wire, order)).isEqualTo("order-declined");
    awaitRows(order, 0, "", 0, 0, 0);
  }

  @ParameterizedTest
  @EnumSource
  void givenAnInvalidOrder_thenNothingIsDone(Wire wire) {
    Order order = Order.of("alice", 0, 10);
    assertThat(endsAt(wire, order)).isEqualTo("order-invalid");
    awaitRows(order, 0, "", 0, 0, 0);
  }

  @ParameterizedTest
  @EnumSource
  void givenTooFewInStock_thenNothingIsDone(Wire wire) {
    Order order = Order.of("alice", 1_000_001, 0);
    assertThat(endsAt(wire, order)).isEqualTo("order-out-of-stock");
    awaitRows(order, 0, "", 0, 0, 0);
  }

  @ParameterizedTest
  @EnumSource
  void givenALargeOrder_whenItIsApproved_thenItGoesOn(Wire wire) {
    Order order = Order.large();
    try (Requester client = requester(wire)) {
      String request = client.start(order);
      Operations user = new Operations(server, "user");
      JsonNode task = awaitTask(user, order);
      assertThat(task.get("activity").asText()).isEqualTo("approve");
      assertThat(task.get("groups").get(0).asText()).isEqualTo("managers");
      assertThat(task.get("variables").get("orderId").asText()).isEqualTo(order.id());
      user.post("tasks/" + task.get("id").asText() + "/claim").ok();
      assertThat(awaitTask(user, order).get("assignee").asText()).isEqualTo("user");
      user.post("tasks/" + task.get("id").asText() + "/complete", "{\"approved\":true}").ok();
      String id = viewer.awaitInstance(order.id());
      viewer.awaitWait(id, "delivered");
      client.reply(client.event("delivered", order));
      assertReply(client.reply(request), "completed", order);
      assertEndedAt(id, "order-completed");
    }
    awaitRows(order, 1, "charged", 1, 1, 3);
  }

  @ParameterizedTest
  @EnumSource
  void givenALargeOrder_whenItIsNotApproved_thenNothingIsDone(Wire wire) {
    Order order = Order.large();
    try (Requester client = requester(wire)) {
      String request = client.start(order);
      Operations user = new Operations(server, "user");
      String task = awaitTask(user, order).get("id").asText();
      user.post("tasks/" + task + "/complete", "{\"approved\":false}").ok();
      WireMessage reply = client.reply(request);
      assertReply(reply, "completed", order);
      assertEndedAt(reply.properties().get("instanceId"), "order-rejected");
    }
    awaitRows(order, 0, "", 0, 0, 0);
  }

  @ParameterizedTest
  @EnumSource
  void givenAnOrderThatWaitsForApproval_whenItIsCancelled_thenTheTaskIsGone(Wire wire) {
    Order order = Order.large();
    try (Requester client = requester(wire)) {
      String request = client.start(order);
      Operations user = new Operations(server, "user");
      awaitTask(user, order);
      String event = client.event("cancel-order", order);
      assertAnswered(client, event, request, order);
      assertEndedAt(viewer.awaitInstance(order.id()), "order-cancelled");
      assertThat(Operations.find(user.get("tasks").ok(), "businessKey", order.id())).isEmpty();
    }
    awaitRows(order, 0, "", 0, 0, 0);
  }

  @ParameterizedTest
  @EnumSource
  void givenAChargedOrder_whenItIsCancelledBeforeShipping_thenStockAndPaymentAreUndone(Wire wire) {
    Order order = Order.plain();
    operator.post("stages/ship-order/pause").ok();
    try (Requester client = requester(wire)) {
      String request = client.start(order);
      String id = viewer.awaitInstance(order.id());
      viewer.awaitWait(id, "ship-order");
      String event = client.event("cancel-order", order);
      assertAnswered(client, event, request, order);
      JsonNode instance = assertEndedAt(id, "order-cancelled");
      assertThat(activities(instance)).contains("release-stock", "refund-payment");
      JsonNode shipping =
          Operations.find(instance.get("history"), "activity", "ship-order").orElseThrow();
      assertThat(shipping.get("state").asText()).isEqualTo("cancelled");
    } finally {
      operator.post("stages/ship-order/resume").ok();
    }
    await().atMost(Operations.PATIENCE).until(() -> queued("ship-order") == 0);
    awaitRows(order, 1, "refunded", 0, 0, 0);
  }

  @ParameterizedTest
  @EnumSource
  void givenTheSameRequestTwice_thenOneInstanceAnswersBoth(Wire wire) {
    Order order = Order.plain();
    try (Requester client = requester(wire)) {
      String first = client.start(order, "requestId", order.id());
      String id = viewer.awaitInstance(order.id());
      JsonNode timer = viewer.awaitWait(id, "hour-over");
      String second = client.start(order, "requestId", order.id(), "acknowledge", true);
      assertReply(client.reply(second), "running", order);
      trigger(timer, "{}");
      assertReply(client.reply(first), "completed", order);
      assertReply(client.reply(second), "completed", order);
      String third = client.start(order, "requestId", order.id());
      WireMessage late = client.reply(third);
      assertReply(late, "completed", order);
      assertThat(late.properties()).containsEntry("instanceId", id);
      client.expectNoMore();
    }
    assertThat(viewer.instances(order.id())).hasSize(1);
    awaitRows(order, 1, "charged", 1, 1, 2);
  }

  @Test
  void givenAWaitingInstance_thenItsJsonIsWhatTheContractSays() {
    Order order = Order.plain();
    String id =
        operator
            .post(
                "instances",
                "{\"process\":\"order\",\"businessKey\":\"%s\",\"variables\":%s}"
                    .formatted(order.id(), order.json()))
            .ok()
            .get("id")
            .asText();
    JsonNode timer = viewer.awaitWait(id, "hour-over");
    assertThat(names(timer))
        .containsExactlyInAnyOrder("id", "instanceId", "activity", "kind", "name", "due", "workId");
    JsonNode message = viewer.awaitWait(id, "delivered");
    assertThat(message.get("kind").asText()).isEqualTo("message");
    assertThat(message.get("name").asText()).isEqualTo("delivered");
    assertThat(message.get("due").isNull()).isTrue();

    JsonNode instance = viewer.instance(id);
    assertThat(names(instance))
        .containsExactlyInAnyOrder(
            "id",
            "process",
            "version",
            "businessKey",
            "state",
            "startedAt",
            "endedAt",
            "variables",
            "tokens",
            "waits",
            "history",
            "incidents");
    assertThat(instance.get("id").asText()).isEqualTo(id);
    assertThat(instance.get("process").asText()).isEqualTo("order");
    assertThat(instance.get("version").isInt()).isTrue();
    assertThat(instance.get("businessKey").asText()).isEqualTo(order.id());
    assertThat(instance.get("state").asText()).isEqualTo("running");
    assertThat(instance.get("endedAt").isNull()).isTrue();
    assertThat(instance.get("waits")).hasSize(2);
    assertThat(instance.get("incidents")).isEmpty();
    assertThat(instance.get("tokens")).hasSize(1);
    assertThat(names(instance.get("tokens").get(0))).containsExactlyInAnyOrder("activity", "since");
    JsonNode check =
        Operations.find(instance.get("history"), "activity", "check-order").orElseThrow();
    assertThat(names(check))
        .containsExactlyInAnyOrder("activity", "type", "state", "startedAt", "endedAt", "attempt");
    assertThat(check.get("type").asText()).isEqualTo("serviceTask");
    assertThat(check.get("state").asText()).isEqualTo("completed");
    assertThat(check.get("attempt").asInt()).isEqualTo(1);
    assertThat(viewer.get("instances/" + id + "/called").ok()).isEmpty();
    assertThat(viewer.instances(order.id()).get(0).get("id").asText()).isEqualTo(id);

    trigger(message, "{\"variables\":{\"door\":7}}");
    JsonNode ended = assertEndedAt(id, "order-completed");
    assertThat(ended.get("endedAt").isNull()).isFalse();
    assertThat(ended.get("tokens")).isEmpty();
    assertThat(ended.get("waits")).isEmpty();
    assertThat(ended.get("variables").get("door").asInt()).isEqualTo(7);
    awaitRows(order, 1, "charged", 1, 1, 2);
  }

  private Requester requester(Wire wire) {
    return new Requester(wire, server, "client");
  }

  /** Starts an order that nobody needs to help on; gives where it ended. */
  private String endsAt(Wire wire, Order order) {
    try (Requester client = requester(wire)) {
      WireMessage reply = client.reply(client.start(order));
      assertReply(reply, "completed", order);
      JsonNode instance = viewer.awaitState(reply.properties().get("instanceId"), "completed");
      List<String> activities = activities(instance);
      return activities.get(activities.size() - 1);
    }
  }

  /** The answer to an event and the reply to a start come from two queues: in either order. */
  private static void assertAnswered(Requester client, String event, String start, Order order) {
    Map<String, WireMessage> both =
        client.replies(2).stream().collect(toMap(WireMessage::correlationId, reply -> reply));
    assertThat(both).containsOnlyKeys(event, start);
    assertThat(both.get(event).properties()).containsEntry("state", "delivered");
    assertReply(both.get(start), "completed", order);
  }

  private static void assertReply(WireMessage reply, String state, Order order) {
    assertThat(reply.properties())
        .containsEntry("state", state)
        .containsEntry("businessKey", order.id())
        .containsKey("instanceId");
    assertThat(Api.parse(reply.body()).isObject()).isTrue();
  }

  private JsonNode assertEndedAt(String id, String end) {
    JsonNode instance = viewer.awaitState(id, "completed");
    List<String> activities = activities(instance);
    assertThat(activities.get(activities.size() - 1)).isEqualTo(end);
    return instance;
  }

  private JsonNode awaitTask(Operations user, Order order) {
    return await()
        .atMost(Operations.PATIENCE)
        .until(
            () -> Operations.find(user.get("tasks?group=managers").ok(), "businessKey", order.id()),
            Optional::isPresent)
        .orElseThrow();
  }

  private void trigger(JsonNode wait, String answer) {
    operator.post("waits/" + wait.get("id").asText() + "/trigger", answer).ok();
  }

  private long queued(String stage) {
    return Operations.find(viewer.get("stages").ok(), "stage", stage)
        .orElseThrow()
        .get("queued")
        .asLong();
  }

  private static List<String> activities(JsonNode instance) {
    List<String> activities = new ArrayList<>();
    instance.get("history").forEach(entry -> activities.add(entry.get("activity").asText()));
    return activities;
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private long stock() {
    return rows.number("select quantity from stock where sku = 'C'");
  }

  /** The broker tells of a transaction a moment before the database shows it. */
  private void awaitRows(
      Order order, int payments, String paid, int shipments, int notifications, int taken) {
    await()
        .atMost(Operations.PATIENCE)
        .untilAsserted(
            () -> {
              String of = " where order_id = '" + order.id() + "'";
              List<String> payment = rows.select("select state, amount from payment" + of);
              assertThat(payment)
                  .isEqualTo(
                      payments == 0 ? List.of() : List.of(paid + "\t" + order.total() + ".00"));
              assertThat(rows.number("select count(*) from shipment" + of)).isEqualTo(shipments);
              assertThat(rows.number("select count(*) from notification" + of))
                  .isEqualTo(notifications);
              assertThat(stockBefore - stock()).isEqualTo(taken);
            });
  }
}
