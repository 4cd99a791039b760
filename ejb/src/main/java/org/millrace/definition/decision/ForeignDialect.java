package org.millrace.definition.decision;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.model.api.DMNModelInstrumentedBase;
import org.kie.dmn.model.api.DRGElement;
import org.kie.dmn.model.api.Decision;
import org.kie.dmn.model.api.DecisionTable;
import org.kie.dmn.model.api.Definitions;
import org.kie.dmn.model.api.InformationItem;
import org.kie.dmn.model.api.LiteralExpression;
import org.kie.dmn.model.api.OutputClause;
import org.kie.dmn.model.v1_5.TInformationItem;

/**
 * DMN as Camunda, Operaton and Flowable understand it, made into DMN as it is written: there
 * variables need not be declared, a decision is known by its id and the names of its outputs and
 * not by its name, and types have Java's names.
 */
final class ForeignDialect {

  private static final Pattern EXPORTER =
      Pattern.compile("(?i).*(camunda|operaton|flowable|zeebe|dmn-js).*");

  private static final Map<String, String> TYPES =
      Map.of("integer", "number", "long", "number", "double", "number");

  /** What the library calls by this name and these engines do not, or not always. */
  private static final Set<String> VAGUE = Set.of("date", "any", "time");

  private ForeignDialect() {}

  static boolean isSpoken(Definitions definitions) {
    String exporter = definitions.getExporter();
    return (exporter != null && EXPORTER.matcher(exporter).matches())
        || definitions.getNsContext().values().stream()
            .anyMatch(namespace -> EXPORTER.matcher(namespace).matches());
  }

  /** Names each decision by its variable or its id, and gives it a variable of that name. */
  static void translate(Definitions definitions) {
    for (DRGElement element : definitions.getDrgElement()) {
      if (element instanceof Decision decision) {
        InformationItem variable = decision.getVariable();
        String name =
            variable == null || variable.getName() == null || variable.getName().isBlank()
                ? decision.getId()
                : variable.getName();
        decision.setName(name);
        if (variable == null) {
          variable = new TInformationItem();
          variable.setParent(decision);
          decision.setVariable(variable);
        }
        variable.setName(name);
        variable.setTypeRef(type(variable.getTypeRef()));
      }
    }
    types(definitions);
  }

  private static void types(DMNModelInstrumentedBase element) {
    if (element instanceof LiteralExpression literal) {
      literal.setTypeRef(type(literal.getTypeRef()));
    } else if (element instanceof OutputClause output) {
      output.setTypeRef(type(output.getTypeRef()));
    } else if (element instanceof DecisionTable table) {
      table.setTypeRef(type(table.getTypeRef()));
    }
    element.getChildren().forEach(ForeignDialect::types);
  }

  private static @Nullable QName type(@Nullable QName type) {
    if (type == null || VAGUE.contains(type.getLocalPart())) {
      return null;
    }
    String name = TYPES.get(type.getLocalPart());
    return name == null ? type : new QName(type.getNamespaceURI(), name, type.getPrefix());
  }

  /** The human names of the decisions, by id. */
  static Map<String, String> names(Definitions definitions) {
    Map<String, String> names = new HashMap<>();
    for (DRGElement element : definitions.getDrgElement()) {
      if (element instanceof Decision decision && decision.getName() != null) {
        names.put(decision.getId(), decision.getName());
      }
    }
    return names;
  }
}
