package org.millrace.messaging;

import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.inject.Singleton;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.DatabaseCheck;

/**
 * While the database is away, or cannot be written because its disk is full, no message can be
 * served, and each would soon have used up its deliveries. So whatever comes again waits here until
 * the database is back; then an outage has cost it one delivery.
 */
@Singleton
public class Outage {

  /** One delivery waits no longer: its transaction times out after five minutes. */
  private static final Duration LONGEST = Duration.ofMinutes(4);

  /** Between two warnings, however often it comes and goes. */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private static final System.Logger LOG = System.getLogger(Outage.class.getName());

  /** How long an answer is good for, for all who ask. */
  private final Duration pause;

  @EJB private DatabaseCheck database;

  private @Nullable String problem;
  private @Nullable Long askedAt;
  private boolean warned;
  private @Nullable Long warnedAt;
  private @Nullable Long awayAt;

  /** For the container, which sets the rest. */
  public Outage() {
    this.pause = Duration.ofSeconds(1);
  }

  Outage(DatabaseCheck database, Duration pause) {
    this.database = database;
    this.pause = pause;
  }

  /** Waits for the database, where a message was delivered before. */
  void sitOut(Message message) {
    long began = System.nanoTime();
    try {
      while (message.getJMSRedelivered() && isAway()) {
        if (System.nanoTime() - began > LONGEST.toNanos()) {
          throw new EJBException("the database is away");
        }
        Pause.of(pause);
      }
    } catch (JMSException e) {
      throw new EJBException("a message could not be read", e);
    }
  }

  /** Whether it was away when asked last, a moment ago at most; one asks for all. */
  synchronized boolean isAway() {
    boolean isKnown = askedAt != null && System.nanoTime() - askedAt < pause.toNanos();
    return isKnown ? problem != null : ask();
  }

  /** Whether it was found to be away within this time. */
  synchronized boolean wasWithin(Duration time) {
    return awayAt != null && System.nanoTime() - awayAt < time.toNanos();
  }

  private boolean ask() {
    problem = database.problem();
    long now = System.nanoTime();
    askedAt = now;
    awayAt = problem == null ? awayAt : (Long) now;
    if (problem != null && !warned && isTimeToWarn(now)) {
      LOG.log(
          System.Logger.Level.WARNING,
          """
          the database cannot be written ({0}): messages wait for it, nothing is lost. Have it \
          started, or make room on its disk""",
          problem);
      warned = true;
      warnedAt = now;
    } else if (problem == null && warned) {
      LOG.log(System.Logger.Level.WARNING, "the database can be written again");
      warned = false;
    }
    return problem != null;
  }

  private boolean isTimeToWarn(long now) {
    return warnedAt == null || now - warnedAt >= SILENCE.toNanos();
  }
}
