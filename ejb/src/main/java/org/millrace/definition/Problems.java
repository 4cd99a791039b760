package org.millrace.definition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.api.operation.Problem;

/** Everything that is wrong with a document, so that its author learns it all at once. */
final class Problems {

  /** As many as a person can take in. */
  private static final int MAX_SHOWN = 100;

  /** Once each: several elements may refer to the one that is wrong. */
  private final Set<Problem> all = new LinkedHashSet<>();

  /** Adds a problem of an element, and says what kind of element it is. */
  void add(XmlElement element, String message) {
    add(element.id(), element, element.line(), message);
  }

  /**
   * Adds a problem of a part of an element.
   *
   * @param id of the element
   * @param part what the message is about
   */
  void add(@Nullable String id, XmlElement part, int line, String message) {
    String name = part.attribute("name");
    String label = name == null ? "" : name.strip().replaceAll("\\s+", " ");
    String who = part.kind() + (label.isEmpty() ? "" : " \"" + label + "\"");
    all.add(new Problem(id, line, who + ": " + message));
  }

  /** Refuses the document if anything is wrong with it; in the document's order. */
  void refuse() {
    if (!all.isEmpty()) {
      List<Problem> sorted =
          new ArrayList<>(
              all.stream()
                  .sorted(Comparator.comparingInt(Problem::line))
                  .limit(MAX_SHOWN)
                  .toList());
      if (all.size() > MAX_SHOWN) {
        sorted.add(new Problem(null, 0, "and " + (all.size() - MAX_SHOWN) + " problems more"));
      }
      throw new DeploymentRefused(sorted);
    }
  }
}
