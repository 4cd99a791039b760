package org.millrace.definition.decision;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What one evaluation may cost: the library itself bounds nothing. Every frame and every look at a
 * variable comes by here. Not bounded is what one built-in function does in one step, such as
 * matching a costly regular expression.
 */
final class Budget {

  /** About a second. */
  static final int MAX_STEPS = 1_000_000;

  static final int MAX_ITEMS = 100_000;
  static final int MAX_CHARACTERS = 8 * 1024 * 1024;

  /** Of the evaluation that the thread is busy with. */
  private static final ThreadLocal<@Nullable Budget> CURRENT = new ThreadLocal<>();

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

  private void stop(String reason) {
    overdrawn = reason;
    steps = MAX_STEPS; // Whoever catches this does not get far.
    throw new IllegalStateException(reason);
  }
}
