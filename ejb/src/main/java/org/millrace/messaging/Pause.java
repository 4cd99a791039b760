package org.millrace.messaging;

import jakarta.ejb.EJBException;
import java.time.Duration;

/** Has a bean wait where nobody could tell it when to go on. */
final class Pause {

  private Pause() {}

  /**
   * Waits.
   *
   * @throws EJBException if the server is stopped meanwhile: the transaction is rolled back, and
   *     the message comes again
   */
  static void of(Duration length) {
    try {
      Thread.sleep(length.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EJBException("the server is stopping", e);
    }
  }
}
