package org.millrace.kernel.element;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Step;
import org.millrace.kernel.element.EventDefinition.Terminate.Extent;
import org.millrace.kernel.graph.Entries;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/**
 * What makes a sub-process an ad-hoc one: not its flows but somebody says which of its elements
 * begin, and when. BPMN 2.0 sections 10.3.5 and 13.3.5.
 *
 * @param sequential whether only one may be active at a time
 * @param completion asked when an activity in it completes: whether it completes. Null: it does
 *     when nothing in it is active any more
 * @param cancelsRemaining whether it completes at once then, or lets what is active complete
 * @param active gives the ids of the elements that begin with it; null for none
 */
public record AdHoc(
    boolean sequential,
    @Nullable Expression completion,
    boolean cancelsRemaining,
    @Nullable Expression active) {

  /** The elements that begin with it. */
  List<Element> entries(Step step, Token token, SubProcess subProcess) {
    List<Element> entries = new ArrayList<>();
    Object ids = active == null ? List.of() : step.variables().evaluate(active, token.scope());
    if (!(ids instanceof List<?> some)) {
      throw new EvaluationException(
          "\"%s\" of \"%s\" is no list of ids".formatted(source(), subProcess.node().label()));
    }
    for (Object id : some) {
      Element element =
          new Entries(step.graph())
              .withoutFlow(subProcess.id()).stream()
                  .filter(one -> one.id().equals(id))
                  .findFirst()
                  .orElse(null);
      if (element == null) {
        throw new EvaluationException(
            "\"%s\" has no element \"%s\" that could begin in it"
                .formatted(subProcess.node().label(), id));
      }
      entries.add(element);
    }
    if (sequential && entries.size() > 1) {
      throw new EvaluationException(
          "in \"%s\" one element is active at a time, not %d"
              .formatted(subProcess.node().label(), entries.size()));
    }
    return entries;
  }

  private String source() {
    return active == null ? "" : active.source();
  }

  /** Whether it completes, now that nothing in it is active. */
  boolean completes(Step step, Scope scope) {
    return completion == null || holds(step, scope);
  }

  private boolean holds(Step step, Scope scope) {
    return completion != null && step.variables().holds(completion, scope.id(), Map.of());
  }

  /**
   * Has an ad-hoc sub-process complete with an activity in it, if that is the time for it.
   *
   * @param token is about to leave its activity; it does not if this is so
   */
  public static boolean ends(Step step, Token token) {
    Scope around = step.state().scope(token.scope());
    if (around.id() == Scope.ROOT
        || !(step.graph().element(around.element()) instanceof SubProcess subProcess)
        || subProcess.adHoc() == null
        || !(step.graph().element(token.element()) instanceof Activity)
        || !subProcess.adHoc().holds(step, around)) {
      return false;
    }
    if (subProcess.adHoc().cancelsRemaining()) {
      step.terminate(token, Extent.SCOPE);
    } else {
      step.consume(token);
    }
    return true;
  }
}
