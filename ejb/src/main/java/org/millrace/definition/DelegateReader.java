package org.millrace.definition;

import static org.millrace.definition.Namespaces.CLASSIC;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Constant;
import org.millrace.definition.expression.Expressions;
import org.millrace.definition.expression.ListExpression;
import org.millrace.kernel.element.Activity;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.ScriptTask;
import org.millrace.kernel.element.ServiceTask;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Mapping;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;

/**
 * Reads tasks that other engines do by code or by an expression. Code is work of a stage; an
 * expression that looks at variables alone is evaluated here, at once, and is a script by another
 * name.
 */
final class DelegateReader {

  /** What a worker finds that the expression gives the method of the bean. */
  private static final String ARGUMENTS = "arguments";

  /** What a worker gives back for what the method of the bean would return. */
  private static final String RESULT = "= result";

  /** What is no bean and no variable in an expression, but that engine itself. */
  static final Set<String> ENGINE = Set.of("execution", "task", "delegateTask");

  private DelegateReader() {}

  /** Null, with a problem, if it cannot be read. */
  static @Nullable Activity read(Reading task, Node node, Mappings mappings) {
    String text = task.classic("expression");
    if (text == null || task.own("stage") != null) {
      return new ServiceTask(node, mappings, WorkReader.of(task));
    }
    String result = task.classic("resultVariable");
    result = result == null ? task.classic("resultVariableName") : result;
    BeanCall call = BeanCall.parse(text);
    if (call != null) {
      Mappings all = withResult(task, result, with(arguments(task, call), mappings));
      return new ServiceTask(node, all, WorkReader.of(task));
    }
    if (BesidesReader.isSetter(text)) {
      Mapping set = BesidesReader.setter(task, text);
      return set == null ? null : new ScriptTask(node, mappings, set.source(), set.target());
    }
    Expression expression = task.compile(text, Expressions::value);
    return expression == null ? null : new ScriptTask(node, mappings, expression, result);
  }

  /** Camunda 7 and Operaton: work that is done and makes one of these true is an error. */
  static List<ServiceTask.Failure> failures(Reading task, RootElements roots) {
    List<ServiceTask.Failure> failures = new ArrayList<>();
    for (XmlElement element : task.extensions(CLASSIC, "errorEventDefinition")) {
      Reading definition = task.part(element);
      String text = definition.attribute("expression");
      Expression condition = text == null ? null : definition.compile(text, Expressions::value);
      EventDefinition.ErrorThrow error = new Codes(roots).errorThrown(definition);
      if (text == null) {
        definition.problem("it needs an expression that says when there is the error");
      } else if (condition != null && error != null) {
        failures.add(new ServiceTask.Failure(condition, error));
      }
      definition.close();
    }
    return List.copyOf(failures);
  }

  /** What an expression gives the method of the bean; nothing where it gives none. */
  static Optional<Mapping> arguments(Reading task, BeanCall call) {
    List<Expression> arguments = new ArrayList<>();
    for (String argument : call.arguments()) {
      Expression value =
          ENGINE.contains(argument)
              ? new Constant(null)
              : task.compile("${" + argument + "}", Expressions::value);
      if (value != null) {
        arguments.add(value);
      }
    }
    return arguments.isEmpty()
        ? Optional.empty()
        : Optional.of(new Mapping(ARGUMENTS, new ListExpression(arguments)));
  }

  private static Mappings with(Optional<Mapping> arguments, Mappings mappings) {
    if (arguments.isEmpty()) {
      return mappings;
    }
    List<Mapping> inputs = new ArrayList<>(mappings.inputs());
    inputs.add(arguments.get());
    return new Mappings(inputs, mappings.outputs(), mappings.selective(), mappings.item());
  }

  /** All else that the work gives back is set, too, unless the outputs that are written say not. */
  private static Mappings withResult(Reading task, @Nullable String variable, Mappings mappings) {
    Expression result = variable == null ? null : task.compile(RESULT, Expressions::value);
    if (variable == null || result == null) {
      return mappings;
    }
    List<Mapping> outputs = new ArrayList<>();
    outputs.add(new Mapping(variable, result));
    outputs.addAll(mappings.outputs());
    return new Mappings(mappings.inputs(), outputs, mappings.keepsIn(), mappings.item());
  }
}
