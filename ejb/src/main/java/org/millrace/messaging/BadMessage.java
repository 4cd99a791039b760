package org.millrace.messaging;

/** A message that is not what the contract says. It is refused with this reason, and kept. */
class BadMessage extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadMessage(String reason) {
    super(reason);
  }
}
