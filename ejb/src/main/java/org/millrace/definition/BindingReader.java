package org.millrace.definition;

import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.graph.Binding;
import org.millrace.kernel.graph.Expression;

/** Reads which version a call is bound to: of a process, or of a decision. */
final class BindingReader {

  /**
   * A binding.
   *
   * @param version gives the number or the tag, null where the binding needs none
   */
  record Bound(Binding binding, @Nullable Expression version) {}

  private final Reading activity;
  private final @Nullable String how;
  private final @Nullable String number;
  private final @Nullable String tag;

  private BindingReader(Reading activity, String called, @Nullable XmlElement zeebe) {
    this.activity = activity;
    String sameDeployment = activity.classic("sameDeployment");
    number = first(activity.own("version"), activity.classic(called + "Version"));
    String tagged = first(activity.own("versionTag"), activity.classic(called + "VersionTag"));
    tag = first(tagged, zeebe == null ? null : zeebe.attribute("versionTag"));
    String said = first(activity.own("binding"), activity.classic(called + "Binding"));
    String ofZeebe = zeebe == null ? null : zeebe.attribute("bindingType");
    String same = "true".equals(sameDeployment) ? "deployment" : null;
    how = first(first(said, ofZeebe), same);
  }

  /**
   * Reads it.
   *
   * @param called how the attributes of Camunda 7 and its kin begin
   * @param zeebe the element of Camunda 8 that names what is called, if it is named so
   */
  static Bound of(Reading activity, String called, @Nullable XmlElement zeebe) {
    return new BindingReader(activity, called, zeebe).bound();
  }

  private static @Nullable String first(@Nullable String one, @Nullable String other) {
    return one == null ? other : one;
  }

  private Bound bound() {
    return switch (how == null ? implied() : how.strip()) {
      case "latest" -> new Bound(Binding.LATEST, null);
      case "deployment" -> new Bound(Binding.DEPLOYMENT, null);
      case "version" -> new Bound(Binding.VERSION, named(number, "a version"));
      case "versionTag" -> new Bound(Binding.VERSION_TAG, named(tag, "a version tag"));
      default -> {
        activity.problem(
            "the binding \"%s\" is not supported; latest, deployment, version and versionTag are"
                .formatted(how));
        yield new Bound(Binding.LATEST, null);
      }
    };
  }

  private String implied() {
    return number != null ? "version" : tag != null ? "versionTag" : "latest";
  }

  private @Nullable Expression named(@Nullable String text, String what) {
    if (text == null || text.isBlank()) {
      activity.problem("it is bound to %s, but names none".formatted(what));
      return null;
    }
    return activity.compile(text.strip(), Expressions::value);
  }
}
