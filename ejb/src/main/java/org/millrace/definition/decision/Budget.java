package org.millrace.definition.decision;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Looks;

/**
 * What one evaluation may cost: the library itself bounds nothing. Every frame and every look at a
 * variable comes by here, and every search for a pattern ({@link PatternFunctions}).
 */
final class Budget {

  /** About a second. */
  static final int MAX_STEPS = 1_000_000;

  static final int MAX_ITEMS = 100_000;
  static final int MAX_CHARACTERS = 8 * 1024 * 1024;

  /** Of the evaluation that the thread is busy with. */
  private static final ThreadLocal<@Nullable Budget> CURRENT = new ThreadLocal<>();

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Looks looks = new Looks();
  private int steps;
  private @Nullable String overdrawn;

  private Budget() {}

  static Budget begin() {
    Budget budget = new Budget();
    CURRENT.set(budget);
    return budget;
  }

  static void end() {
    CURRENT.remove();
  }

  /** Why the evaluation was stopped; null if it was not. The library takes it for a mere null. */
  @Nullable String overdrawn() {
    return overdrawn;
  }

  static void step() {
    Budget budget = CURRENT.get();
    if (budget != null && ++budget.steps > MAX_STEPS) {
      budget.stop("it takes more than " + MAX_STEPS + " steps");
    }
  }

  static void value(@Nullable Object value) {
    step();
    Budget budget = CURRENT.get();
    if (budget == null) {
      return;
    }
    if (value instanceof CharSequence text && text.length() > MAX_CHARACTERS) {
      budget.stop("it makes a text of more than " + MAX_CHARACTERS + " characters");
    }
    if (value instanceof Collection<?> items && items.size() > MAX_ITEMS) {
      budget.stop("it makes a list of more than " + MAX_ITEMS + " items");
    }
  }

  /** When a search for a pattern begins, for {@link #searched}. */
  static long searching() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** A search for a pattern counts for the time that it has taken: a microsecond is a step. */
  static void searched(long begin) {
    Budget budget = CURRENT.get();
    if (budget != null) {
      budget.steps += (int) ((searching() - begin) / 1000);
      step();
    }
  }

  /** A text whose looks are counted, as long as an evaluation is under way. */
  static CharSequence looksAt(String text) {
    Budget budget = CURRENT.get();
    return budget == null ? text : budget.looks.at(text);
  }

  /** Gives the evaluation up, if one is under way. */
  static void giveUp(String reason) {
    Budget budget = CURRENT.get();
    if (budget != null) {
      budget.stop(reason);
    }
  }

  private void stop(String reason) {
    overdrawn = reason;
    steps = MAX_STEPS; // Whoever catches this does not get far.
    throw new IllegalStateException(reason);
  }
}
