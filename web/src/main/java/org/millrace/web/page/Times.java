package org.millrace.web.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How times are written on all pages: in the server's zone, the exact one in UTC beside it. */
@Named
@ApplicationScoped
public class Times {

  private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final ZoneId zone;

  public Times() {
    this(ZoneId.systemDefault());
  }

  Times(ZoneId zone) {
    this.zone = zone;
  }

  public String text(Instant time) {
    return TEXT.format(time.atZone(zone));
  }

  public String iso(Instant time) {
    return time.toString();
  }

  /** How long it took, to three figures or so; empty while it lasts. */
  public String between(Instant from, @Nullable Instant to) {
    if (to == null) {
      return "";
    }
    Duration took = Duration.between(from, to);
    if (took.toSeconds() < 1) {
      return took.toMillis() + " ms";
    }
    if (took.toMinutes() < 1) {
      return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
    if (took.toHours() < 1) {
      return String.format(Locale.ROOT, "%d:%02d min", took.toMinutes(), took.toSecondsPart());
    }
    return String.format(Locale.ROOT, "%d:%02d h", took.toHours(), took.toMinutesPart());
  }
}
