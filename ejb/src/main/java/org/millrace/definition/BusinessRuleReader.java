package org.millrace.definition;

import static org.millrace.definition.Namespaces.ZEEBE;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.element.Activity;
import org.millrace.kernel.element.BusinessRuleTask;
import org.millrace.kernel.graph.DecisionCall;
import org.millrace.kernel.graph.DecisionCall.Shape;
import org.millrace.kernel.graph.Decisions;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;

/** Reads business-rule tasks: on a decision, or, where none is named, on a stage. */
final class BusinessRuleReader {

  private final Reading task;
  private final Decisions decisions;
  private @Nullable Expression decision;
  private @Nullable String resultVariable;
  private @Nullable XmlElement zeebe;
  private Shape shape = Shape.RESULT;

  private BusinessRuleReader(Reading task, Decisions decisions) {
    this.task = task;
    this.decisions = decisions;
  }

  /** Null, with a problem, if it cannot be read. */
  static @Nullable Activity read(Reading task, Node node, Mappings mappings, Decisions decisions) {
    task.ignore("implementation");
    BusinessRuleReader reader = new BusinessRuleReader(task, decisions);
    // All of them are read: a model may say the same in several engines' words, ours goes first.
    boolean isOwn = reader.own();
    boolean isZeebe = reader.zeebe();
    boolean isClassic = reader.classic();
    return isOwn || isZeebe || isClassic
        ? reader.call(node, mappings)
        : DelegateReader.read(task, node, mappings);
  }

  private @Nullable Activity call(Node node, Mappings mappings) {
    BindingReader.Bound bound = BindingReader.of(task, "decisionRef", zeebe);
    return decision == null
        ? null
        : new BusinessRuleTask(
            node,
            mappings,
            new DecisionCall(decisions, decision, bound.binding(), bound.version(), shape),
            resultVariable);
  }

  private boolean own() {
    resultVariable = task.resultVariable();
    return decision(task.own("decision"));
  }

  private boolean zeebe() {
    List<XmlElement> called = task.extensions(List.of(ZEEBE), "calledDecision");
    for (XmlElement one : called) {
      result(one.attribute("resultVariable"));
      zeebe = one;
      if (!decision(one.attribute("decisionId"))) {
        task.problem("its calledDecision needs a decisionId");
      }
    }
    return !called.isEmpty();
  }

  private boolean classic() {
    result(task.classic("resultVariable"));
    String mapped = task.classic("mapDecisionResult");
    boolean isFirst = decision == null;
    if (!decision(task.classic("decisionRef"))) {
      return false;
    }
    if (isFirst) {
      shape = shape(mapped == null ? "resultList" : mapped.strip());
    }
    return true;
  }

  private void result(@Nullable String variable) {
    resultVariable = resultVariable == null ? variable : resultVariable;
  }

  private boolean decision(@Nullable String id) {
    if (id == null) {
      return false;
    }
    decision = decision == null ? task.compile(id, Expressions::value) : decision;
    return true;
  }

  private Shape shape(String name) {
    return switch (name) {
      case "singleEntry" -> Shape.SINGLE_ENTRY;
      case "singleResult" -> Shape.SINGLE_RESULT;
      case "collectEntries" -> Shape.COLLECT_ENTRIES;
      case "resultList" -> Shape.RESULT_LIST;
      default -> {
        task.problem("mapDecisionResult=\"" + name + "\" is not supported");
        yield Shape.RESULT;
      }
    };
  }
}
