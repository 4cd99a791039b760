package org.millrace.kernel.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which process a call activity calls, and what passes between the two.
 *
 * @param process gives the called process's id
 * @param version gives its number or its tag, as the binding says; null for the other bindings
 * @param inheritsKey whether the called instance has the caller's business key, where {@code
 *     businessKey} gives it none
 * @param in what the called instance begins with, in order
 * @param out what it leaves when it ends, in order
 */
public record Call(
    Expression process,
    Binding binding,
    @Nullable Expression version,
    boolean inheritsKey,
    @Nullable Expression businessKey,
    List<Passing> in,
    List<Passing> out) {

  /**
   * What passes from one instance to the other.
   *
   * @param mapping one variable; null for all
   * @param own on the way in: only what is the activity's own passes, or is in the expression's
   *     reach; on the way out: it becomes the activity's own
   */
  public record Passing(@Nullable Mapping mapping, boolean own) {

    public static Passing all(boolean own) {
      return new Passing(null, own);
    }
  }
}
