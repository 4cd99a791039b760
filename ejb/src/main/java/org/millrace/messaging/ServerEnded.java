package org.millrace.messaging;

/** The server has ended in the middle of this before: it may be what ends the server. */
final class ServerEnded extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ServerEnded(int times) {
    super(
        times == 1
            ? "the server ended in the middle of this attempt"
            : "the server ended in the middle of this message in %d runs".formatted(times));
  }
}
