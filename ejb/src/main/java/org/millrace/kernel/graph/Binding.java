package org.millrace.kernel.graph;

import java.util.regex.Pattern;
import org.millrace.kernel.graph.Expression.EvaluationException;

/** Which version of a process or a decision is called. */
public enum Binding {
  /** The newest when it is called. */
  LATEST,
  /** The one that was deployed together with the caller's. */
  DEPLOYMENT,
  /** The one with this number. */
  VERSION,
  /** The newest one with this tag. */
  VERSION_TAG;

  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

  /**
   * Checks which version a model asks for.
   *
   * @param version a number or a tag, as the binding has it
   * @return the same
   * @throws EvaluationException if it is none
   */
  public String check(String version) {
    if (this == VERSION && !NUMBER.matcher(version).matches()) {
      throw new EvaluationException("the version to be called, \"%s\", is none".formatted(version));
    }
    return version;
  }
}
