package org.millrace.messaging;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the machine's clock was set, or that the machine was asleep, and tells the broker of
 * this server: docs/guides/operate.md. Looks at the two clocks of the machine once a second, and at
 * nothing else.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ClockWatch {

  private static final System.Logger LOG = System.getLogger(ClockWatch.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Less is a clock that is being kept right: what is late by it is late by no more. */
  private static final long STEP = Duration.ofSeconds(2).toMillis();

  @Inject private ScheduledExecutorService executor;

  private @Nullable ScheduledFuture<?> looking;

  /** By how much the clock was ahead of the time that nobody sets, at the last look. */
  private long ahead;

  private boolean started;

  @PostConstruct
  void begin() {
    looking =
        executor.scheduleWithFixedDelay(
            this::look, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void end() {
    if (looking != null) {
      looking.cancel(false);
    }
  }

  private void look() {
    ActiveMQServer broker = BrokerPlugins.broker();
    if (broker == null) {
      return; // Not there yet, or not in this server.
    }
    long before = ahead;
    ahead = System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    Delays delays = new Delays(broker, executor);
    try {
      if (!started) {
        started = true;
        delays.endThoseOfBefore();
      } else if (ahead - before > STEP) {
        LOG.log(System.Logger.Level.INFO, "the clock went forward by {0} ms", ahead - before);
        delays.keep(before - ahead);
        delays.lookAtTimers();
      } else if (before - ahead > STEP) {
        LOG.log(System.Logger.Level.WARNING, "the clock went back by {0} ms", before - ahead);
        delays.keep(before - ahead);
      }
    } catch (Exception e) { // What the broker declares. The next look must come in any case.
      LOG.log(
          System.Logger.Level.WARNING, "the broker could not be told that the clock was set", e);
    }
  }
}
