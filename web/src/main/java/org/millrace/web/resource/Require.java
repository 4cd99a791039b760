package org.millrace.web.resource;

import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Refusal;

/** What a request must have said. */
final class Require {

  private Require() {}

  static <T> T present(String member, @Nullable T value) {
    if (value == null) {
      throw invalid(member + ": is missing");
    }
    return value;
  }

  static Refusal invalid(String reason) {
    return new Refusal(Refusal.Kind.INVALID, reason);
  }
}
