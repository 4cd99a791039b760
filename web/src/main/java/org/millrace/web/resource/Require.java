package org.millrace.web.resource;

import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  static List<String> noNulls(String member, List<String> values) {
    if (values.stream().anyMatch(Objects::isNull)) {
      throw invalid(member + ": null is no id");
    }
    return values;
  }

  static Map<String, String> mapping(@Nullable Map<String, String> mapping) {
    if (mapping != null && mapping.values().stream().anyMatch(Objects::isNull)) {
      throw invalid("mapping: null is no id");
    }
    return mapping == null ? Map.of() : mapping;
  }

  static boolean flag(String parameter, @Nullable String value) {
    if (value != null && !value.equals("true") && !value.equals("false")) {
      throw invalid(parameter + ": must be true or false");
    }
    return "true".equals(value);
  }

  static Refusal invalid(String reason) {
    return new Refusal(Refusal.Kind.INVALID, reason);
  }
}
