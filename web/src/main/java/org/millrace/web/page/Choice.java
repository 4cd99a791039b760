package org.millrace.web.page;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.ElementView;

/**
 * An element that can be chosen in a form.
 *
 * @param label what a person reads: its id, by which all pages call it, its name and its kind
 */
public record Choice(String value, String label) implements Serializable {

  static Choice of(ElementView element) {
    return new Choice(
        element.id(), element.id() + " · " + described(element.name()) + element.type());
  }

  private static String described(@Nullable String name) {
    return name == null || name.isBlank() ? "" : name.strip() + " · ";
  }
}
