package org.millrace.web.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;
import org.millrace.web.json.Json;

/** Values as the pages show them: JSON that a person can read. */
@Named("json")
@ApplicationScoped
public class JsonText {

  /** Texts of more lines than this, or longer ones, are shown folded. */
  private static final int FOLDED_FROM = 12;

  private static final int LONG = 2_000;

  /** In several lines, where it has members. */
  public String text(@Nullable Object value) {
    return Json.pretty(value);
  }

  public long lines(String text) {
    return text.lines().count();
  }

  public boolean large(String text) {
    return text.length() > LONG || lines(text) > FOLDED_FROM;
  }
}
