package org.millrace.operation;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Upkeep;

/**
 * Has deleted what has had its time, when there is something: it looks once at the start, after
 * that it is told, and sleeps until the next time that it knows of. So an idle server asks the
 * database nothing. What nobody could tell, because the server was killed, the next start finds.
 */
@Singleton
@Startup
@DependsOn("Migration")
@Local(Upkeep.class)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Housekeeper implements Upkeep {

  private static final System.Logger LOG = System.getLogger(Housekeeper.class.getName());

  /** Between two rounds, so that many that end one after the other are deleted together. */
  private static final Duration PAUSE =
      Duration.parse(System.getProperty("millrace.housekeeping.pause", "PT1M"));

  /** The database may be away for a moment. */
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

  @Inject private ScheduledExecutorService executor;
  @EJB private Deletions deletions;
  @Inject private Clock clock;

  private @Nullable Instant next;
  private @Nullable ScheduledFuture<?> alarm;

  @PostConstruct
  void begin() {
    wake(clock.instant());
  }

  @Override
  public void expect(Instant time) {
    Instant earliest = clock.instant().plus(PAUSE);
    wake(time.isBefore(earliest) ? earliest : time);
  }

  private synchronized void wake(Instant time) {
    if (next != null && !time.isBefore(next)) {
      return;
    }
    if (alarm != null) {
      alarm.cancel(false);
    }
    next = time;
    long delay = Math.max(0, Duration.between(clock.instant(), time).toMillis());
    alarm = executor.schedule(this::round, delay, TimeUnit.MILLISECONDS);
  }

  private void round() {
    synchronized (this) {
      next = null;
      alarm = null;
    }
    try {
      while (deletions.deleteInstances()) {
        // Each time a bounded piece, in a transaction of its own.
      }
      while (deletions.forgetRequests()) {
        // Likewise.
      }
      Instant again = deletions.next();
      if (again != null) {
        expect(again);
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "what has had its time could not be deleted", e);
      wake(clock.instant().plus(AFTER_FAILURE));
    }
  }
}
