package org.millrace.persistence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a thread does together in one transaction: its steps are written at the end, in batches, and
 * what is the same for all is asked once.
 */
@Singleton
class Together {

  private final Database database;
  private final ThreadLocal<@Nullable Unwritten> unwritten = new ThreadLocal<>();

  @Inject
  Together(Database database) {
    this.database = database;
  }

  /** Does some work, and writes its steps. If it throws, nothing is written. */
  void run(Runnable work) {
    if (unwritten.get() != null) {
      throw new IllegalStateException("a transaction has one group, and no group in it");
    }
    unwritten.set(new Unwritten());
    try {
      work.run();
      write();
    } finally {
      unwritten.remove();
    }
  }

  /** What is to be written at the end; null where each step is written at once. */
  @Nullable Unwritten unwritten() {
    return unwritten.get();
  }

  /** Writes what there is: before anything that looks at the rows themselves. */
  void write() {
    Unwritten some = unwritten.get();
    if (some != null) {
      write(some);
    }
  }

  void write(Unwritten some) {
    database.with(
        session -> {
          some.write(session);
          return null;
        });
  }

  /** An answer that is the same for all that is done together. */
  <T> T once(Object question, Supplier<T> answer) {
    Unwritten some = unwritten.get();
    return some == null ? answer.get() : some.once(question, answer);
  }
}
