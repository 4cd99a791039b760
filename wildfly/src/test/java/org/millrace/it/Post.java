package org.millrace.it;

import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Brings letters to the server over all protocols at once, and gathers all that comes back. */
final class Post {

  private static final Set<String> ANSWERED =
      Set.of("millrace.start", "millrace.event", "millrace.deploy");

  private final String replyQueue = "millrace.reply." + UUID.randomUUID();
  private final TestServer server;
  private final Inside inside;
  private final Duration patience;
  private final Map<String, Letter> sent = new ConcurrentHashMap<>();
  private final Map<String, List<WireMessage>> replies = new ConcurrentHashMap<>();
  private final Map<String, List<Inside.Kept>> kept = new ConcurrentHashMap<>();
  private final AtomicInteger notSent = new AtomicInteger();

  Post(TestServer server, Duration patience) {
    this.server = server;
    this.inside = new Inside(server);
    this.patience = patience;
  }

  /** All that the broker has accepted, by their marks. */
  Map<String, Letter> sent() {
    return sent;
  }

  Map<String, List<WireMessage>> replies() {
    return replies;
  }

  /** What was refused, or is dead, or lies where nobody takes it. */
  Map<String, List<Inside.Kept>> kept() {
    return kept;
  }

  /** How many the client's own library or the broker did not take at all, and said so. */
  int notSent() {
    return notSent.get();
  }

  /**
   * Sends them, and returns when all is done that follows.
   *
   * @param isQuiet whether nothing is left on the queues
   */
  void bring(List<Letter> letters, BooleanSupplier isQuiet) {
    Map<Lane, List<Letter>> lanes = new HashMap<>();
    for (Letter letter : letters) {
      lanes.computeIfAbsent(lane(letter), lane -> new ArrayList<>()).add(letter);
    }
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      threads.execute(() -> readReplies(done));
      threads.execute(() -> takeKept(done));
      var sending =
          lanes.entrySet().stream()
              .map(lane -> threads.submit(() -> send(lane.getKey(), lane.getValue())))
              .toList();
      for (var one : sending) {
        one.get();
      }
      await()
          .atMost(patience)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> isQuiet.getAsBoolean() && areAnswered());
      collectKept();
    } catch (Exception e) {
      throw new AssertionError("unanswered: " + unanswered(), e);
    } finally {
      done.set(true);
      threads.shutdown();
      await().atMost(Operations.PATIENCE).until(threads::isTerminated);
    }
  }

  private boolean areAnswered() {
    return sent.values().stream()
        .allMatch(
            letter -> !ANSWERED.contains(letter.queue()) || replies.containsKey(letter.mark()));
  }

  private List<Letter> unanswered() {
    return sent.values().stream()
        .filter(letter -> ANSWERED.contains(letter.queue()) && !replies.containsKey(letter.mark()))
        .limit(5)
        .toList();
  }

  /** A connection of its own for each; null for those who are inside the server. */
  private record Lane(Wire wire, String user) {}

  private static Lane lane(Letter letter) {
    boolean anybody = letter.kind() == Letter.Kind.TEXT || letter.kind() == Letter.Kind.BYTES;
    Wire wire =
        List.of(Wire.values()).get(Math.floorMod(letter.mark().hashCode(), anybody ? 3 : 2));
    return Garbage.OPEN.contains(letter.queue())
        ? new Lane(wire, letter.queue().equals("millrace.outcome") ? "worker" : "admin")
        : new Lane(null, "inside");
  }

  private void send(Lane lane, List<Letter> letters) {
    WireClient client = null;
    for (Letter letter : letters) {
      try {
        if (lane.wire() == null) {
          inside.send(letter);
        } else {
          client = client == null ? lane.wire().connect(server, lane.user()) : client;
          send(client, letter);
        }
        sent.put(letter.mark(), letter);
      } catch (JMSException | IllegalArgumentException e) {
        notSent.incrementAndGet(); // JMS has no such message.
      } catch (JMSRuntimeException | WireClient.Refused | UncheckedIOException e) {
        notSent.incrementAndGet();
        leave(client); // The broker does not have it, and has closed the connection perhaps.
        client = null;
      }
    }
    leave(client);
  }

  private static void leave(@Nullable WireClient client) {
    try {
      if (client != null) {
        client.close();
      }
    } catch (JMSRuntimeException | UncheckedIOException e) {
      // The broker was first.
    }
  }

  private void send(WireClient client, Letter letter) throws JMSException {
    if (client instanceof StompClient stomp) {
      stomp.send(letter, replyQueue);
    } else {
      ((JmsWireClient) client).send(letter, replyQueue);
    }
  }

  private void readReplies(AtomicBoolean done) {
    try (WireClient client = Wire.JMS.connect(server, "client")) {
      WireClient.Inbox inbox = client.consume(replyQueue);
      while (!done.get()) {
        WireMessage reply = inbox.receive(Duration.ofMillis(200));
        if (reply != null) {
          replies.computeIfAbsent(reply.correlationId(), mark -> new ArrayList<>()).add(reply);
        }
      }
    }
  }

  private void takeKept(AtomicBoolean done) {
    while (!done.get()) {
      if (!collect("millrace.rejected")) {
        await().pollDelay(Duration.ofMillis(300)).until(() -> true);
      }
    }
  }

  private void collectKept() {
    boolean more = true;
    while (more) {
      more = collect("millrace.rejected", "millrace.dead", "millrace.stage.bulk-nobody");
    }
  }

  private synchronized boolean collect(String... queues) {
    List<Inside.Kept> taken = inside.take(queues);
    taken.forEach(one -> kept.computeIfAbsent(one.mark(), mark -> new ArrayList<>()).add(one));
    return !taken.isEmpty();
  }
}
