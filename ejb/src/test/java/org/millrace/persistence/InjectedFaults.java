package org.millrace.persistence;

import java.sql.SQLTransientException;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Has one statement in so many fail, as {@code -Dfaults.one=N} says; {@code -Dfaults.seed=N} says
 * which. Without the first, none does.
 */
final class InjectedFaults {

  private static final int ONE = Integer.getInteger("faults.one", 0);
  private static final long SEED = Long.getLong("faults.seed", System.nanoTime() & 0xffff);
  private static final AtomicLong STATEMENTS = new AtomicLong();

  static {
    if (ONE > 0) {
      System.out.println("InjectedFaults: -Dfaults.seed=" + SEED + " -Dfaults.one=" + ONE);
    }
  }

  private InjectedFaults() {}

  private static final class Fault extends SQLTransientException {

    private static final long serialVersionUID = 1L;

    Fault() {
      super("a fault that the test injected");
    }
  }

  static boolean areExpected() {
    return ONE > 0;
  }

  /** To be called before each statement. */
  static void next() throws SQLTransientException {
    if (ONE > 0 && new SplittableRandom(SEED + STATEMENTS.incrementAndGet()).nextInt(ONE) == 0) {
      throw new Fault();
    }
  }

  /** Whether it was one of these that made the work fail. */
  static boolean caused(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Fault) {
        return true;
      }
    }
    return false;
  }
}
