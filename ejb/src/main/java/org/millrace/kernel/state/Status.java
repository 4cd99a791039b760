package org.millrace.kernel.state;

import java.util.Locale;

/** The state of an instance as a whole; spelled as in the contract. */
public enum Status {
  RUNNING,
  SUSPENDED,
  COMPLETED,
  FAILED,
  TERMINATED,
  CANCELLED;

  public boolean ended() {
    return this != RUNNING && this != SUSPENDED;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The status with this word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Status of(String word) {
    for (Status status : values()) {
      if (status.word().equals(word)) {
        return status;
      }
    }
    throw new IllegalArgumentException("no instance state is called \"" + word + "\"");
  }
}
