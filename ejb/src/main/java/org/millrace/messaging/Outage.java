package org.millrace.messaging;

import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.inject.Singleton;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Duration;
import org.millrace.execution.DatabaseCheck;

/**
 * While the database is away no message can be served, and each would soon have used up its
 * deliveries. So whatever comes again waits here until the database is back; then an outage has
 * cost it one delivery.
 */
@Singleton
public class Outage {

  /** One delivery waits no longer: its transaction times out after five minutes. */
  private static final Duration LONGEST = Duration.ofMinutes(4);

  private static final System.Logger LOG = System.getLogger(Outage.class.getName());

  private final Duration pause;

  @EJB private DatabaseCheck database;

  private boolean away;
  private long askedAt;

  /** For the container, which sets the rest. */
  public Outage() {
    this.pause = Duration.ofSeconds(2);
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
        Thread.sleep(pause.toMillis());
      }
    } catch (JMSException e) {
      throw new EJBException("a message could not be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EJBException("the server is stopping", e);
    }
  }

  /** Asks once for all who wait. */
  private synchronized boolean isAway() {
    long now = System.nanoTime();
    if (!away || now - askedAt >= pause.toNanos()) {
      boolean before = away;
      away = !database.answers();
      askedAt = now;
      if (away != before) {
        LOG.log(
            System.Logger.Level.WARNING,
            away ? "the database is away: messages wait for it" : "the database is back");
      }
    }
    return away;
  }
}
