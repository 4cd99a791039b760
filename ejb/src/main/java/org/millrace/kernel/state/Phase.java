package org.millrace.kernel.state;

/** Where something is in its life. What leads from one to another says {@link Lifecycle}. */
public enum Phase {
  NONE("not there yet, or there no more"),
  RUNNING("under way"),
  SUSPENDED("under way, but nothing is sent to stages and no timer fires"),
  PASSING("at an element: just come, held back at a join, or about to go on"),
  ACTIVE("holding a scope: what the element waits for and what is within it"),
  HALTED("an incident stands here"),
  OPEN("waiting for an answer"),
  KEPT("completed, and can be compensated"),
  COMPLETED("ended as it should"),
  FAILED("ended by an error"),
  TERMINATED("ended by a terminate end event"),
  CANCELLED("taken away before its end");

  private final String meaning;

  Phase(String meaning) {
    this.meaning = meaning;
  }

  /** What it means, for people. */
  public String meaning() {
    return meaning;
  }

  static Phase of(Status status) {
    return switch (status) {
      case RUNNING -> RUNNING;
      case SUSPENDED -> SUSPENDED;
      case COMPLETED -> COMPLETED;
      case FAILED -> FAILED;
      case TERMINATED -> TERMINATED;
      case CANCELLED -> CANCELLED;
    };
  }
}
