package org.millrace.kernel.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.element.EventDefinition;

/** That an activity is done more than once. BPMN 2.0 sections 10.3.8, 13.3.6 and 13.3.7. */
public sealed interface Loop {

  /** What each run is numbered by. */
  String COUNTER = "loopCounter";

  /** The names of the variables that each run has of its own. */
  List<String> names();

  /**
   * Again while a condition holds. In the condition, {@value #COUNTER} is how many runs have
   * completed.
   *
   * @param testBefore whether the condition is asked before the first run too
   * @param condition null where it always holds
   * @param maximum more runs there are never; 0 for no such limit
   */
  record Standard(boolean testBefore, @Nullable Expression condition, int maximum) implements Loop {
    @Override
    public List<String> names() {
      return List.of(COUNTER);
    }
  }

  /**
   * Several runs, side by side or one after the other.
   *
   * @param completion ends the activity as soon as it holds at the end of a run; null for never
   * @param thrown what is thrown when a run is about to complete
   */
  record MultiInstance(
      boolean sequential,
      Source source,
      Numbering numbering,
      @Nullable Expression completion,
      List<Result> results,
      List<Thrown> thrown)
      implements Loop {

    public MultiInstance(
        boolean sequential,
        Source source,
        Numbering numbering,
        @Nullable Expression completion,
        List<Result> results) {
      this(sequential, source, numbering, completion, results, List.of());
    }

    @Override
    public List<String> names() {
      return source.item() == null
          ? List.of(numbering.variable())
          : List.of(numbering.variable(), source.item());
    }
  }

  /**
   * How many runs there are, and what each is for; at least one of the two expressions is there.
   *
   * @param cardinality gives their number; null for that of the collection's items
   * @param collection gives a list; null for runs that are for nothing in particular
   * @param item the variable in which a run finds its item; null for none
   */
  record Source(
      @Nullable Expression cardinality, @Nullable Expression collection, @Nullable String item) {}

  /**
   * How the runs know which they are.
   *
   * @param first the number of the first one
   */
  record Numbering(String variable, int first) {
    public static final Numbering FROM_ZERO = new Numbering(COUNTER, 0);
  }

  /**
   * An event that a run throws when it is about to complete.
   *
   * @param onlyFirst whether only the first one does, not each
   * @param condition whether it does, as seen around the run; null for always
   * @param event a signal or an escalation
   */
  record Thrown(boolean onlyFirst, @Nullable Expression condition, EventDefinition event) {}

  /**
   * What is gathered from all runs.
   *
   * @param collection the variable that gets the list of what the runs gave, in their order
   * @param items variables that each run has of its own for it
   * @param element gives a run's part, as that run sees it
   */
  record Result(String collection, List<String> items, Expression element) {}
}
