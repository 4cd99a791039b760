package org.millrace.definition;

import static org.millrace.definition.Namespaces.DROOLS;
import static org.millrace.definition.Namespaces.ZEEBE;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.element.Activity;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.PassTask;
import org.millrace.kernel.element.ReceiveTask;
import org.millrace.kernel.element.ScriptTask;
import org.millrace.kernel.element.ServiceTask;
import org.millrace.kernel.element.SubProcess;
import org.millrace.kernel.element.UserTask;
import org.millrace.kernel.graph.Decisions;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;

/** Reads activities. */
record ActivityReader(RootElements roots, Decisions decisions) {

  private static final Pattern USER = Pattern.compile("user\\(\\s*([^)]*?)\\s*\\)");
  private static final Pattern GROUP = Pattern.compile("group\\(\\s*([^)]*?)\\s*\\)");

  /** Null, with a problem, if it cannot be read or is no activity that there is. */
  @Nullable Activity read(Reading activity, Node node) {
    activity.flag("isForCompensation", false);
    activity.ignore("default");
    activity.ignoreChildren(List.of("performer", "resourceRole"));
    activity.fixed("startQuantity", "1");
    activity.fixed("completionQuantity", "1");
    Mappings mappings = MappingReader.of(activity, roots);
    return switch (activity.element().kind()) {
      case "task" ->
          activity.attribute(DROOLS, "taskName") == null
              ? new PassTask(node, mappings)
              : new ServiceTask(node, mappings, WorkReader.of(activity));
      case "manualTask" -> new PassTask(node, mappings);
      case "serviceTask" -> service(activity, node, mappings);
      case "sendTask" -> send(activity, node, mappings);
      case "userTask" -> user(activity, node, mappings);
      case "businessRuleTask" -> BusinessRuleReader.read(activity, node, mappings, decisions);
      case "scriptTask" -> script(activity, activity.attribute("scriptFormat"), node, mappings);
      case "receiveTask" -> receive(activity, node, mappings);
      case "callActivity" -> {
        XmlElement global = roots.globalTask(activity.element().reference("calledElement"));
        yield global == null
            ? CallReader.read(activity, node, mappings, roots)
            : global(activity, global, node, mappings);
      }
      case "transaction" -> {
        activity.fixed("triggeredByEvent", "false");
        activity.fixed("method", "##Compensate", "##compensate", "Compensate", "compensate");
        yield new SubProcess(node, mappings, false);
      }
      case "adHocSubProcess" -> AdHocReader.read(activity, node, mappings);
      case "subProcess" -> new SubProcess(node, mappings, activity.flag("triggeredByEvent", false));
      default -> null;
    };
  }

  /** A call of a task that several processes share is that task, here. */
  private @Nullable Activity global(
      Reading activity, XmlElement global, Node node, Mappings mappings) {
    activity.ignore("calledElement");
    Reading task = new Reading(global, activity.problems());
    task.ignoreChildren(
        List.of("ioSpecification", "ioBinding", "supportedInterfaceRef", "performer"));
    task.ignoreChildren(List.of("resourceRole"));
    Activity read =
        switch (global.kind()) {
          case "globalUserTask" -> user(task, node, mappings);
          case "globalScriptTask" -> script(task, task.attribute("scriptLanguage"), node, mappings);
          case "globalBusinessRuleTask" -> BusinessRuleReader.read(task, node, mappings, decisions);
          default -> new PassTask(node, mappings);
        };
    task.close();
    return read;
  }

  private @Nullable Activity service(Reading task, Node node, Mappings mappings) {
    task.ignore("implementation"); // By what technology: that is the stage's affair.
    task.ignore("operationRef");
    Activity read = DelegateReader.read(task, node, mappings);
    return read instanceof ServiceTask work
        ? new ServiceTask(node, work.mappings(), work.work(), DelegateReader.failures(task, roots))
        : read;
  }

  /** Its message is what the stage sends; the engine needs only the stage. */
  private @Nullable Activity send(Reading task, Node node, Mappings mappings) {
    if (task.element().attribute("messageRef") != null) {
      roots.message(task);
    }
    return service(task, node, mappings);
  }

  /** One without a message waits for one that is named as itself. */
  private @Nullable Activity receive(Reading task, Node node, Mappings mappings) {
    task.ignore("implementation"); // By what technology: that is the stage's affair.
    task.ignore("operationRef");
    // One that a flow leads to is inside the process: it is too late there to begin it.
    boolean instantiate = task.flag("instantiate", false) && node.incoming().isEmpty();
    EventDefinition.Message message =
        task.element().attribute("messageRef") == null
            ? new EventDefinition.Message(String.valueOf(task.element().id()), null)
            : roots.message(task);
    return message == null ? null : new ReceiveTask(node, mappings, message, instantiate);
  }

  private static @Nullable Activity script(
      Reading task, @Nullable String format, Node node, Mappings mappings) {
    String result = task.resultVariable();
    String classicResult = task.classic("resultVariable");
    result = result == null ? classicResult : result;
    XmlElement script = task.child("script");
    if (task.element().children("extensionElements").stream()
        .flatMap(extensions -> extensions.children().stream())
        .anyMatch(extension -> extension.is(ZEEBE, "taskDefinition"))) {
      return new ServiceTask(node, mappings, WorkReader.of(task)); // A worker runs the script.
    }
    for (XmlElement zeebe : task.extensions(List.of(ZEEBE), "script")) {
      Expression expression = compile(task, zeebe.attribute("expression"), null);
      String variable = zeebe.attribute("resultVariable");
      return expression == null
          ? null
          : new ScriptTask(node, mappings, expression, variable == null ? result : variable);
    }
    boolean isMarked = script != null && script.text().strip().matches("(?s)(=|[$#]\\{).*");
    if ((format == null || format.isBlank()) && !isMarked) {
      task.problem("it needs a scriptFormat: feel, or el with ${...}");
      return null;
    }
    Expression expression = compile(task, script == null ? null : script.text(), format);
    return expression == null ? null : new ScriptTask(node, mappings, expression, result);
  }

  private static @Nullable Expression compile(
      Reading task, @Nullable String script, @Nullable String format) {
    return task.compile(script == null ? "" : script, text -> Expressions.condition(text, format));
  }

  private Activity user(Reading task, Node node, Mappings mappings) {
    task.ignore("implementation"); // By what technology: that is the stage's affair.
    task.ignoreChildren(List.of("rendering"));
    List<Expression> assignees = new ArrayList<>();
    List<Expression> users = new ArrayList<>();
    List<Expression> groups = new ArrayList<>();
    add(task, assignees, task.own("assignee"), task.classic("assignee"));
    add(task, users, task.own("candidateUsers"), task.classic("candidateUsers"));
    add(task, groups, task.own("candidateGroups"), task.classic("candidateGroups"));
    for (XmlElement zeebe : task.extensions(List.of(ZEEBE), "assignmentDefinition")) {
      add(task, assignees, zeebe.attribute("assignee"));
      add(task, users, zeebe.attribute("candidateUsers"));
      add(task, groups, zeebe.attribute("candidateGroups"));
    }
    for (String owner : resources(task, "humanPerformer")) {
      add(task, assignees, owner);
    }
    for (String owners : resources(task, "potentialOwner")) {
      potentialOwners(task, owners, users, groups);
    }
    return new UserTask(
        node, mappings, assignees.isEmpty() ? null : assignees.get(0), users, groups);
  }

  private static void add(Reading task, List<Expression> all, @Nullable String... texts) {
    for (String text : texts) {
      Expression expression =
          text == null || text.isBlank() ? null : task.compile(text, Expressions::value);
      if (expression != null) {
        all.add(expression);
      }
    }
  }

  /**
   * BPMN's own way: an expression, or names with commas between, as user(x), group(y) or just y.
   */
  private static void potentialOwners(
      Reading task, String owners, List<Expression> users, List<Expression> groups) {
    if (owners.startsWith("=") || owners.contains("${") || owners.contains("#{")) {
      add(task, groups, owners);
      return;
    }
    for (String owner : owners.split(",", -1)) {
      String name = owner.strip();
      if (USER.matcher(name).matches()) {
        add(task, users, USER.matcher(name).replaceFirst("$1"));
      } else {
        add(task, groups, GROUP.matcher(name).replaceFirst("$1"));
      }
    }
  }

  /**
   * The texts of the resource assignments of this kind; a resource that is referred to, by name.
   */
  private List<String> resources(Reading task, String kind) {
    List<String> texts = new ArrayList<>();
    for (XmlElement resource : task.children(kind)) {
      for (XmlElement assignment : resource.children("resourceAssignmentExpression")) {
        assignment.children().forEach(expression -> texts.add(expression.text().strip()));
      }
      for (XmlElement reference : resource.children("resourceRef")) {
        texts.add(roots.resource(XmlElement.local(reference.text())));
      }
    }
    return texts;
  }
}
