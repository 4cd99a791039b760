package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what over the wire: the roles of the contract, over each protocol. */
class WireSecurityIT {

  /** A right that somebody has or lacks. */
  @FunctionalInterface
  interface Act {
    void by(WireClient client);
  }

  @ParameterizedTest(name = "{0}: {1} may {2}")
  @MethodSource("allowed")
  void givenTheRole_whenItActs_thenTheBrokerLetsIt(
      Wire wire, String user, Act act, TestServer server) {
    try (WireClient client = wire.connect(server, user)) {
      assertThatCode(() -> act.by(client)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest(name = "{0}: {1} may not {2}")
  @MethodSource("refused")
  void givenNoSuchRole_whenItActs_thenTheBrokerRefuses(
      Wire wire, String user, Act act, TestServer server) {
    try (WireClient client = wire.connect(server, user)) {
      assertThatThrownBy(() -> act.by(client)).isInstanceOf(WireClient.Refused.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void givenAWrongPassword_whenItLogsIn_thenTheBrokerRefuses(Wire wire, TestServer server) {
    assertThatThrownBy(() -> wire.connect(server, "client", "wrong"))
        .isInstanceOf(WireClient.Refused.class);
  }

  @ParameterizedTest
  @EnumSource
  void givenNoUser_whenItSends_thenTheBrokerRefuses(Wire wire, TestServer server) {
    assertThatThrownBy(
            () -> {
              try (WireClient client = wire.connect(server, null, null)) {
                send("millrace.start").getPayload().by(client);
              }
            })
        .isInstanceOf(WireClient.Refused.class);
  }

  @ParameterizedTest
  @EnumSource
  void givenNoSuchQueue_whenItIsNamed_thenNoneIsMade(Wire wire, TestServer server) {
    try (WireClient client = wire.connect(server, "client")) {
      assertThatThrownBy(() -> consume("nobody.knows").getPayload().by(client))
          .isInstanceOf(RuntimeException.class);
    }
    try (WireClient client = wire.connect(server, "client")) {
      assertThatThrownBy(() -> send("nobody.knows").getPayload().by(client))
          .isInstanceOf(RuntimeException.class);
    }
  }

  static Stream<Arguments> allowed() {
    return overEachWire(
        Stream.of(
            Arguments.of("client", send("millrace.start")),
            Arguments.of("client", send("millrace.event")),
            Arguments.of("client", send("millrace.signal")),
            Arguments.of("client", consume("millrace.reply.of-a-client")),
            Arguments.of("operator", send("millrace.start")),
            Arguments.of("operator", consume("millrace.reply.of-an-operator")),
            Arguments.of("admin", send("millrace.deploy")),
            Arguments.of("admin", send("millrace.start")),
            Arguments.of("admin", consume("millrace.reply.of-an-admin")),
            Arguments.of("worker", send("millrace.outcome")),
            Arguments.of("worker", consume("millrace.stage.nobody-configured")),
            Arguments.of("worker", subscribe("millrace.listener"))));
  }

  static Stream<Arguments> refused() {
    return overEachWire(
        Stream.of(
            Arguments.of("client", send("millrace.deploy")),
            Arguments.of("client", send("millrace.outcome")),
            Arguments.of("client", send("millrace.stage.check-order")),
            Arguments.of("client", send("millrace.timer")),
            Arguments.of("client", send("millrace.call")),
            Arguments.of("client", send("millrace.rejected")),
            Arguments.of("client", send("millrace.dead")),
            Arguments.of("client", send("millrace.reply.of-another")),
            Arguments.of("client", consume("millrace.start")),
            Arguments.of("client", consume("millrace.outcome")),
            Arguments.of("client", consume("millrace.stage.check-order")),
            Arguments.of("client", consume("millrace.timer")),
            Arguments.of("client", consume("millrace.call")),
            Arguments.of("client", consume("millrace.rejected")),
            Arguments.of("client", consume("millrace.dead")),
            Arguments.of("worker", send("millrace.start")),
            Arguments.of("worker", send("millrace.stage.check-order")),
            Arguments.of("worker", consume("millrace.outcome")),
            Arguments.of("client", subscribe("millrace.listener")),
            Arguments.of("worker", consume("millrace.reply.of-a-client")),
            Arguments.of("operator", send("millrace.deploy")),
            Arguments.of("operator", consume("millrace.dead")),
            Arguments.of("viewer", send("millrace.start")),
            Arguments.of("user", send("millrace.start"))));
  }

  private static Stream<Arguments> overEachWire(Stream<Arguments> acts) {
    return acts.flatMap(
        act ->
            Stream.of(Wire.values()).map(wire -> Arguments.of(wire, act.get()[0], act.get()[1])));
  }

  private static Named<Act> send(String queue) {
    WireClient.Outgoing message = new WireClient.Outgoing("{}", Map.of());
    return Named.of("send to " + queue, client -> client.send(queue, message));
  }

  private static Named<Act> subscribe(String topic) {
    return Named.of("subscribe to " + topic, client -> client.subscribe(topic));
  }

  private static Named<Act> consume(String queue) {
    return Named.of("consume from " + queue, client -> client.consume(queue));
  }
}
