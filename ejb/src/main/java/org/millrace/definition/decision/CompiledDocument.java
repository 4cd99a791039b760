package org.millrace.definition.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNType;
import org.kie.dmn.api.core.ast.InputDataNode;
import org.kie.dmn.core.impl.DMNRuntimeImpl;
import org.kie.dmn.model.api.BusinessKnowledgeModel;
import org.kie.dmn.model.api.DRGElement;
import org.kie.dmn.model.api.Decision;
import org.kie.dmn.model.api.DecisionTable;
import org.kie.dmn.model.api.Expression;
import org.kie.dmn.model.api.Import;

/** A document as the library has compiled it, and what its decisions need of it. */
final class CompiledDocument {

  private final DMNRuntimeImpl compiled;
  private final DMNModel model;
  private final boolean isForeign;
  private final Map<String, String> names;
  private final Set<String> freeNames;
  private final Map<String, @Nullable DMNType> inputs = new LinkedHashMap<>();
  private final Map<String, DRGElement> elements = new HashMap<>();

  /**
   * Collects it.
   *
   * @param names the human names of its decisions, by id
   * @param freeNames what its expressions use without declaring it
   */
  CompiledDocument(
      DMNRuntimeImpl compiled,
      DMNModel model,
      boolean isForeign,
      Map<String, String> names,
      Set<String> freeNames) {
    this.compiled = compiled;
    this.model = model;
    this.isForeign = isForeign;
    this.names = names;
    this.freeNames = freeNames;
    freeNames.forEach(name -> inputs.put(name, null));
    compiled
        .getModels() // Those that are imported: what they need is given by its name, too.
        .forEach(each -> each.getInputs().forEach(this::add));
    model.getInputs().forEach(this::add);
    model.getDefinitions().getDrgElement().forEach(each -> elements.put(each.getName(), each));
  }

  /**
   * What is given to the documents that this one imports: each sees its own inputs, by their names.
   *
   * @param values what is given to this one
   * @return by the names of the imports; the library adds to it
   */
  Map<String, @Nullable Object> imported(Map<String, @Nullable Object> values) {
    return imported(model, values);
  }

  private Map<String, @Nullable Object> imported(
      DMNModel importing, Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    for (Import one : importing.getDefinitions().getImport()) {
      for (DMNModel each : compiled.getModels()) {
        if (each.getNamespace().equals(one.getNamespace())) {
          Map<String, @Nullable Object> given = imported(each, values);
          each.getInputs().stream()
              .map(InputDataNode::getName)
              .filter(values::containsKey)
              .forEach(name -> given.put(name, values.get(name)));
          all.put(one.getName(), given);
        }
      }
    }
    return all;
  }

  private void add(InputDataNode input) {
    inputs.put(input.getName(), input.getType());
  }

  /** One for each evaluation: its listeners are its own. */
  DMNRuntimeImpl runtime() {
    return new DMNRuntimeImpl(compiled.getRuntimeKB());
  }

  DMNModel model() {
    return model;
  }

  /** Whether it is written as Camunda, Operaton and Flowable understand DMN. */
  boolean isForeign() {
    return isForeign;
  }

  Map<String, @Nullable DMNType> inputs() {
    return inputs;
  }

  Set<String> freeNames() {
    return freeNames;
  }

  @Nullable String nameOf(String id) {
    return names.get(id);
  }

  /** The decisions that can be evaluated, in the document's order. */
  List<DecisionModel> decisions() {
    List<DecisionModel> decisions = new ArrayList<>();
    for (DRGElement element : model.getDefinitions().getDrgElement()) {
      if (element instanceof Decision decision) {
        decisions.add(new DecisionModel(this, model.getDecisionById(decision.getId()), decision));
      }
    }
    return decisions;
  }

  String idOf(String elementName) {
    DRGElement element = elements.get(elementName);
    return element == null ? elementName : element.getId();
  }

  @Nullable String ruleId(String elementName, int rule) {
    DecisionTable table = table(elementName);
    return table == null || rule > table.getRule().size()
        ? null
        : table.getRule().get(rule - 1).getId();
  }

  /** The name of a table's output where it has but one, null else. */
  @Nullable String soleOutput(String elementName) {
    DecisionTable table = table(elementName);
    return table == null || table.getOutput().size() != 1
        ? null
        : table.getOutput().get(0).getName();
  }

  private @Nullable DecisionTable table(String elementName) {
    DRGElement element = elements.get(elementName);
    Expression logic =
        element instanceof Decision decision
            ? decision.getExpression()
            : element instanceof BusinessKnowledgeModel knowledge
                    && knowledge.getEncapsulatedLogic() != null
                ? knowledge.getEncapsulatedLogic().getExpression()
                : null;
    return logic instanceof DecisionTable table ? table : null;
  }
}
