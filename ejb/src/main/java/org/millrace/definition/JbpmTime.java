package org.millrace.definition;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as jBPM also writes them: {@code 1h30m}, {@code 500ms} or {@code 500}, and cycles as {@code
 * 500ms###1s}, a delay and a period. A cycle without a period is one time.
 */
final class JbpmTime {

  private static final Pattern DURATION =
      Pattern.compile(
          "(?=\\d)(?:(\\d{1,9})[dD])?+\\s*+(?:(\\d{1,9})[hH])?+\\s*+(?:(\\d{1,9})[mM](?![sS]))?+\\s*+"
              + "(?:(\\d{1,9})[sS])?+\\s*+(?:(\\d{1,9})(?:[mM][sS])?+)?+");

  private JbpmTime() {}

  /** The same as ISO 8601 has it; the text itself where it is none of these. */
  static String iso(String kind, String text) {
    String[] parts = text.strip().split("###", 2);
    Duration last = duration(parts[parts.length - 1].strip());
    if (last == null || kind.equals("timeDate")) {
      return text;
    }
    return kind.equals("timeDuration")
        ? last.toString()
        : (parts.length == 1 ? "R1/" : "R/") + last;
  }

  private static @Nullable Duration duration(String text) {
    Matcher parts = DURATION.matcher(text);
    return parts.matches()
        ? Duration.ofDays(part(parts, 1))
            .plusHours(part(parts, 2))
            .plusMinutes(part(parts, 3))
            .plusSeconds(part(parts, 4))
            .plusMillis(part(parts, 5))
        : null;
  }

  private static long part(Matcher parts, int group) {
    return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
  }
}
