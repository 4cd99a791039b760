package org.millrace.definition;

import static org.millrace.definition.Namespaces.CLASSIC;
import static org.millrace.definition.Namespaces.FLOWABLE;
import static org.millrace.definition.Namespaces.ZEEBE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.definition.expression.VariableObject;
import org.millrace.definition.expression.VariableReference;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Loop;

/** Reads how an activity is done more than once, in the several ways of writing it. */
final class LoopReader {

  private static final int MAX_LOOPS = 1_000_000_000;

  private final Reading activity;
  private final Reading loop;
  private final RootElements roots;
  private final @Nullable XmlElement zeebe;

  private LoopReader(Reading activity, XmlElement characteristics, RootElements roots) {
    this.roots = roots;
    this.activity = activity;
    this.loop = activity.part(characteristics);
    List<XmlElement> found = loop.extensions(List.of(ZEEBE), "loopCharacteristics");
    this.zeebe = found.isEmpty() ? null : found.get(0);
  }

  /** Null where it is done once, or cannot be read, which is a problem then. */
  static @Nullable Loop of(Reading activity, RootElements roots) {
    XmlElement standard = activity.child("standardLoopCharacteristics");
    XmlElement several = activity.child("multiInstanceLoopCharacteristics");
    if (standard != null && several != null) {
      activity.problem("it is either a standard loop or a multi-instance, not both");
    }
    if (standard != null) {
      return new LoopReader(activity, standard, roots).standard();
    }
    return several == null ? null : new LoopReader(activity, several, roots).multiInstance();
  }

  private Loop standard() {
    boolean testBefore = loop.flag("testBefore", false);
    String maximum = loop.attribute("loopMaximum");
    Expression condition = expression("loopCondition");
    if (condition == null && maximum == null) {
      loop.problem("its loop never ends: it needs a loopCondition or a loopMaximum");
    }
    loop.close();
    return new Loop.Standard(testBefore, condition, maximum == null ? 0 : maximum(maximum));
  }

  private int maximum(String text) {
    try {
      int maximum = Integer.parseInt(text.strip());
      if (maximum > 0 && maximum <= MAX_LOOPS) {
        return maximum;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    loop.problem("loopMaximum=\"" + text + "\" is not a number from 1 on");
    return 1;
  }

  private Loop multiInstance() {
    boolean sequential = loop.flag("isSequential", false);
    Loop several =
        new Loop.MultiInstance(
            sequential,
            source(),
            numbering(),
            expression("completionCondition"),
            results(),
            new BehaviorReader(loop, roots).thrown());
    loop.close();
    return several;
  }

  private Loop.Source source() {
    Expression cardinality = expression("loopCardinality");
    XmlElement reference = loop.child("loopDataInputRef");
    String referred = reference == null ? null : input(reference.text().strip());
    String own = loop.own("collection");
    String classic = first(loop.classic("collection"), flowableCollection(), null, null);
    loop.extensions(CLASSIC, "failedJobRetryTimeCycle"); // Of that engine's jobs around the runs.
    String collection = first(own, classic, zeebe("inputCollection"), referred);
    if (collection == null && cardinality == null) {
      loop.problem("it needs a loopCardinality or a collection: else nobody knows how often");
    }
    XmlElement item = loop.child("inputDataItem");
    String ownItem = loop.own("elementVariable");
    String classicItem = loop.classic("elementVariable");
    String variable = first(ownItem, classicItem, zeebe("inputElement"), name(item));
    return new Loop.Source(
        cardinality, collection == null ? null : collection(collection), variable);
  }

  /** The collection as an element: an expression, or a text that a bean would read. */
  private @Nullable String flowableCollection() {
    for (XmlElement collection : loop.extensions(CLASSIC, "collection")) {
      for (XmlElement expression : collection.children()) {
        if (collection.attributes().isEmpty() && expression.kind().equals("expression")) {
          return expression.text().strip();
        }
      }
      loop.problem("a collection that a bean reads out of a text is not supported");
    }
    return null;
  }

  /** A data input of the activity stands for what is copied into it. */
  private String input(String reference) {
    for (XmlElement association : activity.element().children("dataInputAssociation")) {
      if (text(association, "targetRef").equals(reference)
          && !text(association, "sourceRef").isEmpty()) {
        return roots.variable(text(association, "sourceRef"));
      }
    }
    return roots.variable(reference);
  }

  private static String text(XmlElement element, String child) {
    List<XmlElement> children = element.children(child);
    return children.isEmpty() ? "" : children.get(0).text().strip();
  }

  private @Nullable Expression collection(String text) {
    return loop.compile(
        text,
        source ->
            source.strip().startsWith("=") || source.contains("{")
                ? Expressions.value(source)
                : new VariableReference(source.strip()));
  }

  private Loop.Numbering numbering() {
    String own = loop.own("elementIndexVariable");
    String classic = loop.classic("elementIndexVariable");
    String named = first(own, classic, null, null);
    // In Camunda 8 alone the first one is 1.
    return new Loop.Numbering(named == null ? Loop.COUNTER : named, zeebe == null ? 0 : 1);
  }

  private List<Loop.Result> results() {
    List<Loop.Result> results = new ArrayList<>();
    add(results, loop.own("outputCollection"), loop.own("outputElement"));
    add(results, zeebe("outputCollection"), zeebe("outputElement"));
    XmlElement collection = loop.child("loopDataOutputRef");
    String item = name(loop.child("outputDataItem"));
    if (collection != null) {
      add(results, output(collection.text().strip()), item == null ? null : "=" + item);
    }
    for (XmlElement aggregation : loop.extensions(List.of(FLOWABLE), "variableAggregation")) {
      aggregate(results, aggregation);
    }
    return List.copyOf(results);
  }

  private String output(String reference) {
    for (XmlElement association : activity.element().children("dataOutputAssociation")) {
      if (text(association, "sourceRef").equals(reference)
          && !text(association, "targetRef").isEmpty()) {
        return roots.variable(text(association, "targetRef"));
      }
    }
    return roots.variable(reference);
  }

  /** Where the element is just a variable, each run has one of its own of that name. */
  private void add(
      List<Loop.Result> results, @Nullable String collection, @Nullable String element) {
    if (collection == null && element == null) {
      return;
    }
    if (collection == null || collection.isBlank() || element == null || element.isBlank()) {
      loop.problem("to gather results it needs a collection and what each run adds to it");
      return;
    }
    String name = element.strip().startsWith("=") ? element.strip().substring(1).strip() : element;
    boolean isName = name.chars().allMatch(Character::isJavaIdentifierPart);
    Expression expression =
        isName ? new VariableReference(name) : loop.compile(element, Expressions::value);
    if (expression != null) {
      results.add(
          new Loop.Result(collection.strip(), isName ? List.of(name) : List.of(), expression));
    }
  }

  private void aggregate(List<Loop.Result> results, XmlElement aggregation) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (XmlElement variable : aggregation.children()) {
      String source = variable.attribute("source");
      String target = variable.attribute("target");
      if (source == null) {
        loop.problem("a variableAggregation gathers variables by their names, as source");
      } else {
        sources.put(target == null ? source : target, source);
      }
    }
    String collection = aggregation.attribute("target");
    if (collection == null || sources.isEmpty()) {
      loop.problem("a variableAggregation needs a target and variables");
      return;
    }
    results.add(
        new Loop.Result(collection, List.copyOf(sources.values()), new VariableObject(sources)));
  }

  private @Nullable Expression expression(String child) {
    XmlElement element = loop.child(child);
    if (element == null) {
      return null;
    }
    Reading part = loop.part(element);
    part.ignore("evaluatesToTypeRef");
    String language = part.attribute("language");
    Expression expression = part.compile(element.text(), text -> Expressions.flow(text, language));
    part.close();
    return expression;
  }

  private @Nullable String zeebe(String attribute) {
    return zeebe == null ? null : zeebe.attribute(attribute);
  }

  private static @Nullable String name(@Nullable XmlElement item) {
    if (item == null) {
      return null;
    }
    String name = item.attribute("name");
    return name == null ? item.id() : name;
  }

  private static @Nullable String first(@Nullable String... texts) {
    for (String text : texts) {
      if (text != null && !text.isBlank()) {
        return text.strip();
      }
    }
    return null;
  }
}
