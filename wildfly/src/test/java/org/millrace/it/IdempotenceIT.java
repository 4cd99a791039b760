package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSRuntimeException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Eight senders, none of which knows of the others, send the same requests, and send them again
 * after each crash: each starts one instance, and all are told the same one. {@code -Dit.kills=N}
 * says how often.
 */
class IdempotenceIT {

  private static final int SENDERS = 8;
  private static final int REQUESTS = 40;
  private static final int KILLS = Integer.getInteger("it.kills", 1);

  private final Map<String, Set<String>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final long seed = Long.getLong("it.seed", System.nanoTime());

  /** The build has one database do; both are for the profile "crash". */
  @Test
  @EnabledIfSystemProperty(named = "crash.halts", matches = "all")
  void givenH2_whenEightSendTheSameOverCrashes_thenEachRequestIsServedOnce() {
    try (TestServer server = TestServer.named("idempotence-h2", Map.of())) {
      sendOverCrashes(server);
    }
  }

  @Test
  void givenPostgresql_whenEightSendTheSameOverCrashes_thenEachRequestIsServedOnce()
      throws Exception {
    try (Postgres postgres = Postgres.start("idempotence-database");
        TestServer server = TestServer.named("idempotence-postgresql", postgres.properties())) {
      sendOverCrashes(server);
    }
  }

  private void sendOverCrashes(TestServer server) {
    System.out.println("IdempotenceIT: -Dit.seed=" + seed);
    Random random = new Random(seed);
    server.start();
    Operations admin = new Operations(server, "admin");
    admin.deploy(Bpmn.empty("started")).ok();
    String begin =
        "<startEvent id=\"start\"><messageEventDefinition messageRef=\"m\"/></startEvent>";
    admin
        .deploy(
            Bpmn.empty("begun")
                .replace("<startEvent id=\"start\"/>", begin)
                .replace("<error ", "<message id=\"m\" name=\"go\"/><error "))
        .ok();
    for (int round = 0; round <= KILLS; round++) {
      if (round > 0) {
        server.start();
      }
      boolean last = round == KILLS;
      int enough = answered() + 10 + random.nextInt(SENDERS * REQUESTS / 2);
      ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
      for (int i = 0; i < SENDERS; i++) {
        Random order = new Random(random.nextLong());
        Wire wire = List.of(Wire.values()).get(i % 3);
        senders.execute(() -> send(server, wire, order, last));
      }
      senders.shutdown();
      if (!last) {
        await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> answered() >= enough || senders.isTerminated());
        server.kill();
      }
      await().atMost(Duration.ofMinutes(4)).until(senders::isTerminated);
    }
    assertThat(answers).as("every request was answered").hasSize(2 * REQUESTS);
    answers.forEach((request, ids) -> assertThat(ids).as(request).hasSize(1));
    for (String process : List.of("started", "begun")) {
      assertThat(admin.get("instances?process=" + process).ok().get("total").asInt())
          .isEqualTo(REQUESTS);
    }
  }

  private int answered() {
    return answered.get();
  }

  /** Sends all in an order of its own; in the last round it waits for all the answers. */
  private void send(TestServer server, Wire wire, Random order, boolean last) {
    List<String> requests = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      requests.add("start-" + i);
      requests.add("event-" + i);
    }
    Collections.shuffle(requests, order);
    String replyQueue = "millrace.reply." + UUID.randomUUID();
    try (WireClient client = wire.connect(server, "client")) {
      WireClient.Inbox inbox = client.consume(replyQueue);
      for (String request : requests) {
        boolean start = request.startsWith("start");
        Map<String, Object> properties = new HashMap<>();
        properties.put(start ? "process" : "message", start ? "started" : "go");
        properties.put("requestId", request);
        properties.put("businessKey", request);
        client.send(
            start ? "millrace.start" : "millrace.event",
            new WireClient.Outgoing("{}", properties, replyQueue, request));
      }
      for (int i = 0; i < requests.size(); i++) {
        WireMessage reply = inbox.receive(last ? Operations.PATIENCE : Duration.ofSeconds(20));
        if (reply == null) {
          return;
        }
        answers
            .computeIfAbsent(reply.correlationId(), id -> ConcurrentHashMap.newKeySet())
            .add(reply.properties().get("instanceId"));
        answered.incrementAndGet();
      }
    } catch (UncheckedIOException | AssertionError | JMSRuntimeException e) {
      if (last) {
        throw e;
      }
      // The server was killed.
    }
  }
}
