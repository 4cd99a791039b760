package org.millrace.it;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/**
 * Orders that come at a rate of their own, whatever becomes of them. Each is sent until the broker
 * has said that it has it, and not again: what gets lost after that is lost.
 */
final class Rush {

  private static final int LANES = 4;

  /** What each order has to say besides, so that many of them do not fit into memory. */
  private static final String NOTE = "x".repeat(Integer.getInteger("overload.bytes", 10_000));

  private final TestServer server;
  private final Iterator<Sale> sales;
  private final String replies;
  private final List<Lane> lanes = Stream.generate(Lane::new).limit(LANES).toList();
  private final List<Sale> sent = Collections.synchronizedList(new ArrayList<>());
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(LANES);

  private Rush(TestServer server, Stream<Sale> sales, String replies) {
    this.server = server;
    this.sales = sales.iterator();
    this.replies = replies;
  }

  /**
   * A rush that goes on until its end, whether the server is there or not.
   *
   * @param replies the queue that is told of each order's end
   * @param rate orders in a second
   */
  static Rush begin(TestServer server, Stream<Sale> sales, String replies, int rate) {
    Rush rush = new Rush(server, sales, replies);
    long period = SECONDS.toNanos(LANES) / rate;
    for (Lane lane : rush.lanes) {
      // It goes on until all are shut down; what hinders it is seen by what does not come.
      Future<?> unused = rush.threads.scheduleAtFixedRate(lane, 0, period, NANOSECONDS);
    }
    return rush;
  }

  /** How many orders the broker has. */
  int count() {
    return sent.size();
  }

  /** Sends what was begun, and no more; all that the broker has. */
  List<Sale> end() {
    threads.shutdown();
    await().atMost(Duration.ofMinutes(2)).until(threads::isTerminated);
    lanes.forEach(Lane::finish);
    lanes.forEach(Lane::close);
    return List.copyOf(sent);
  }

  private synchronized Sale next() {
    return sales.next();
  }

  /** One connection. */
  private final class Lane implements Runnable {

    private WireClient wire;

    /** What the broker may not have: to be sent, or to be sent again. */
    private Sale open;

    @Override
    public void run() {
      open = open == null ? next() : open;
      finish();
    }

    void finish() {
      if (open == null) {
        return;
      }
      try {
        wire = wire == null ? Wire.STOMP.connect(server, "client") : wire;
        send(open);
        sent.add(open);
        open = null;
      } catch (WireClient.Refused | UncheckedIOException | AssertionError e) {
        close(); // The server is gone; it is sent again when the server is back.
      }
    }

    private void send(Sale sale) {
      Order order = sale.order();
      wire.send(
          "millrace.start",
          new WireClient.Outgoing(
              order.json().replaceFirst("}$", ",\"note\":\"" + NOTE + "\"}"),
              sale.startProperties(),
              replies,
              order.id()));
      for (String message : sale.messages()) {
        wire.send("millrace.event", new WireClient.Outgoing("{}", sale.eventProperties(message)));
      }
    }

    void close() {
      if (wire != null) {
        wire.close();
        wire = null;
      }
    }
  }
}
