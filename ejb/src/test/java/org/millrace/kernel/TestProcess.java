package org.millrace.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.millrace.kernel.element.AdHoc;
import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.BusinessRuleTask;
import org.millrace.kernel.element.CallActivity;
import org.millrace.kernel.element.CatchEvent;
import org.millrace.kernel.element.ComplexGateway;
import org.millrace.kernel.element.ConditionDefinition;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventBasedGateway;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.ExclusiveGateway;
import org.millrace.kernel.element.InclusiveGateway;
import org.millrace.kernel.element.MultipleDefinition;
import org.millrace.kernel.element.ParallelGateway;
import org.millrace.kernel.element.PassTask;
import org.millrace.kernel.element.ReceiveTask;
import org.millrace.kernel.element.ScriptTask;
import org.millrace.kernel.element.ServiceTask;
import org.millrace.kernel.element.SignalDefinition;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.element.SubProcess;
import org.millrace.kernel.element.ThrowEvent;
import org.millrace.kernel.element.TimerDefinition;
import org.millrace.kernel.element.UserTask;
import org.millrace.kernel.graph.Besides;
import org.millrace.kernel.graph.Binding;
import org.millrace.kernel.graph.Call;
import org.millrace.kernel.graph.Call.Passing;
import org.millrace.kernel.graph.DecisionCall;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Flow;
import org.millrace.kernel.graph.Literal;
import org.millrace.kernel.graph.Loop;
import org.millrace.kernel.graph.Mapping;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.graph.Work;

/**
 * Draws a process by hand. Elements follow each other by flows in the order in which they are
 * named; an end ends the row, {@link #from} begins another. A flow's id is "source-target".
 */
final class TestProcess {

  private record Drawn(
      String id, String type, String parent, Loop loop, Function<Node, Element> maker) {}

  private record Line(String source, String target, Expression condition, boolean isDefault) {}

  private final String id;
  private final List<Drawn> drawn;
  private final List<Line> lines;
  private Mappings mappings = Mappings.NONE;
  private Loop loop;
  private String last;
  private Expression condition;

  private TestProcess(String id, List<Drawn> drawn, List<Line> lines) {
    this.id = id;
    this.drawn = drawn;
    this.lines = lines;
  }

  static TestProcess process() {
    return new TestProcess("process", new ArrayList<>(), new ArrayList<>());
  }

  ProcessGraph build() {
    return new ProcessGraph(id, null, drawn.stream().map(this::make).toList());
  }

  private Element make(Drawn one) {
    List<String> incoming =
        lines.stream().filter(line -> line.target().equals(one.id())).map(TestProcess::id).toList();
    List<Line> leaving = lines.stream().filter(line -> line.source().equals(one.id())).toList();
    List<Flow> outgoing =
        leaving.stream()
            .map(line -> new Flow(id(line), line.source(), line.target(), line.condition()))
            .toList();
    String byDefault =
        leaving.stream().filter(Line::isDefault).map(TestProcess::id).findFirst().orElse(null);
    return one.maker()
        .apply(
            new Node(
                one.id(),
                null,
                one.type(),
                one.parent(),
                incoming,
                outgoing,
                byDefault,
                one.loop(),
                Besides.NOTHING));
  }

  private static String id(Line line) {
    return line.source() + "-" + line.target();
  }

  // ---- rows and flows

  TestProcess from(String element) {
    last = element;
    return this;
  }

  /** The next flow of the row has this condition. */
  TestProcess when(Expression given) {
    condition = given;
    return this;
  }

  TestProcess to(String element) {
    if (last != null) {
      flow(last, element, condition);
    }
    condition = null;
    return this;
  }

  TestProcess flow(String source, String target) {
    return flow(source, target, null);
  }

  TestProcess flow(String source, String target, Expression condition) {
    lines.add(new Line(source, target, condition, false));
    return this;
  }

  TestProcess defaultFlow(String source, String target) {
    lines.add(new Line(source, target, null, true));
    return this;
  }

  /** The next activity has these input mappings. */
  TestProcess input(String target, Expression source) {
    List<Mapping> more = new ArrayList<>(mappings.inputs());
    more.add(new Mapping(target, source));
    mappings = new Mappings(more, mappings.outputs());
    return this;
  }

  /** The next activity has these output mappings. */
  TestProcess output(String target, Expression source) {
    List<Mapping> more = new ArrayList<>(mappings.outputs());
    more.add(new Mapping(target, source));
    mappings = new Mappings(mappings.inputs(), more);
    return this;
  }

  /** Likewise, and what it gives back gets out of it as if there were none. */
  TestProcess outputBesides(String target, Expression source) {
    output(target, source);
    mappings = new Mappings(mappings.inputs(), mappings.outputs(), false, null);
    return this;
  }

  /** The next activity is done more than once. */
  TestProcess loop(Loop given) {
    loop = given;
    return this;
  }

  private Mappings mappings() {
    Mappings given = mappings;
    mappings = Mappings.NONE;
    return given;
  }

  private TestProcess next(String element, String type, Function<Node, Element> maker) {
    return to(element).alone(element, type, maker).from(element);
  }

  private TestProcess alone(String element, String type, Function<Node, Element> maker) {
    boolean isActivity = !type.equals("boundaryEvent");
    drawn.add(new Drawn(element, type, id, isActivity ? loop : null, maker));
    loop = isActivity ? null : loop;
    return this;
  }

  // ---- events

  TestProcess start(String element) {
    return start(element, new EventDefinition.None());
  }

  TestProcess start(String element, EventDefinition definition) {
    last = null;
    Mappings mapped = mappings();
    return next(element, "startEvent", node -> new StartEvent(node, true, definition, mapped));
  }

  /** The start of an event sub-process that interrupts nothing. */
  TestProcess nonInterruptingStart(String element, EventDefinition definition) {
    last = null;
    Mappings mapped = mappings();
    return next(element, "startEvent", node -> new StartEvent(node, false, definition, mapped));
  }

  TestProcess end(String element) {
    return end(element, new EventDefinition.None());
  }

  TestProcess end(String element, EventDefinition definition) {
    Mappings mapped = mappings();
    return next(element, "endEvent", node -> new ThrowEvent(node, definition, mapped)).from(null);
  }

  TestProcess throwing(String element, EventDefinition definition) {
    Mappings mapped = mappings();
    return next(
        element, "intermediateThrowEvent", node -> new ThrowEvent(node, definition, mapped));
  }

  TestProcess catching(String element, EventDefinition definition) {
    Mappings mapped = mappings();
    return next(
        element, "intermediateCatchEvent", node -> new CatchEvent(node, definition, mapped));
  }

  TestProcess boundary(String element, String activity, EventDefinition definition) {
    return boundary(element, activity, true, definition);
  }

  TestProcess nonInterrupting(String element, String activity, EventDefinition definition) {
    return boundary(element, activity, false, definition);
  }

  private TestProcess boundary(
      String element, String activity, boolean interrupting, EventDefinition definition) {
    last = null;
    Mappings mapped = mappings();
    return next(
        element,
        "boundaryEvent",
        node -> new BoundaryEvent(node, activity, interrupting, definition, mapped));
  }

  /** Has a service task, whose stage is its id, compensate an activity. */
  TestProcess compensatedBy(String handler, String activity) {
    compensation(handler, activity);
    return alone(
        handler, "serviceTask", node -> new ServiceTask(node, Mappings.NONE, work(handler)));
  }

  /** Has a sub-process compensate an activity. */
  TestProcess compensatedBy(String handler, String activity, Consumer<TestProcess> content) {
    compensation(handler, activity);
    return inner(handler, false, content);
  }

  private void compensation(String handler, String activity) {
    EventDefinition definition = new EventDefinition.CompensationBoundary(handler);
    alone(
        "undo-" + activity,
        "boundaryEvent",
        node -> new BoundaryEvent(node, activity, false, definition, Mappings.NONE));
  }

  // ---- activities

  /** A service task; its stage is its id. */
  TestProcess service(String element) {
    return service(element, work(element));
  }

  TestProcess service(String element, Work work) {
    Mappings mapped = mappings();
    return next(element, "serviceTask", node -> new ServiceTask(node, mapped, work));
  }

  TestProcess user(String element) {
    return user(element, null, List.of(), List.of());
  }

  TestProcess user(
      String element, Expression assignee, List<Expression> users, List<Expression> groups) {
    Mappings mapped = mappings();
    return next(element, "userTask", node -> new UserTask(node, mapped, assignee, users, groups));
  }

  TestProcess script(String element, String result, Expression script) {
    Mappings mapped = mappings();
    return next(element, "scriptTask", node -> new ScriptTask(node, mapped, script, result));
  }

  TestProcess receive(String element, String message) {
    Mappings mapped = mappings();
    return next(
        element,
        "receiveTask",
        node -> new ReceiveTask(node, mapped, new EventDefinition.Message(message, null), false));
  }

  TestProcess decision(String element, String result, DecisionCall call) {
    Mappings mapped = mappings();
    return next(
        element, "businessRuleTask", node -> new BusinessRuleTask(node, mapped, call, result));
  }

  /** Calls the process "called"; all variables pass both ways. */
  TestProcess call(String element) {
    List<Passing> all = List.of(Passing.all(false));
    return call(
        element, new Call(Expressions.value("called"), Binding.LATEST, null, true, null, all, all));
  }

  TestProcess call(String element, Call call) {
    Mappings mapped = mappings();
    return next(element, "callActivity", node -> new CallActivity(node, mapped, call));
  }

  TestProcess pass(String element) {
    Mappings mapped = mappings();
    return next(element, "task", node -> new PassTask(node, mapped));
  }

  TestProcess sub(String element, Consumer<TestProcess> content) {
    return to(element).inner(element, false, content).from(element);
  }

  TestProcess eventSub(String element, Consumer<TestProcess> content) {
    return inner(element, true, content);
  }

  TestProcess transaction(String element, Consumer<TestProcess> content) {
    Mappings mapped = mappings();
    to(element).alone(element, "transaction", node -> new SubProcess(node, mapped, false));
    content.accept(new TestProcess(element, drawn, lines));
    return from(element);
  }

  TestProcess adHoc(String element, AdHoc adHoc, Consumer<TestProcess> content) {
    Mappings mapped = mappings();
    to(element)
        .alone(element, "adHocSubProcess", node -> new SubProcess(node, mapped, false, adHoc));
    content.accept(new TestProcess(element, drawn, lines));
    return from(element);
  }

  private TestProcess inner(String element, boolean byEvent, Consumer<TestProcess> content) {
    Mappings mapped = mappings();
    alone(element, "subProcess", node -> new SubProcess(node, mapped, byEvent));
    content.accept(new TestProcess(element, drawn, lines));
    return this;
  }

  // ---- gateways

  TestProcess exclusive(String element) {
    return next(element, "exclusiveGateway", ExclusiveGateway::new);
  }

  TestProcess inclusive(String element) {
    return next(element, "inclusiveGateway", InclusiveGateway::new);
  }

  /** A complex gateway that each token starts. */
  TestProcess complex(String element) {
    return complex(element, null);
  }

  TestProcess complex(String element, Expression activation) {
    return next(element, "complexGateway", node -> new ComplexGateway(node, activation));
  }

  TestProcess parallel(String element) {
    return next(element, "parallelGateway", ParallelGateway::new);
  }

  TestProcess eventBased(String element) {
    return next(element, "eventBasedGateway", node -> new EventBasedGateway(node, false, false));
  }

  /** A gateway that begins the process. */
  TestProcess instantiating(String element, boolean parallel) {
    last = null;
    return next(element, "eventBasedGateway", node -> new EventBasedGateway(node, true, parallel));
  }

  /** A receive task that begins the process. */
  TestProcess instantiating(String element, String message) {
    last = null;
    EventDefinition.Message definition = new EventDefinition.Message(message, null);
    return next(
        element, "receiveTask", node -> new ReceiveTask(node, Mappings.NONE, definition, true));
  }

  // ---- definitions

  static Work work(String stage) {
    return new Work(stage, Work.DEFAULT_ATTEMPTS, Work.DEFAULT_BACKOFF, null);
  }

  static Work work(String stage, int attempts, Duration... backoff) {
    return new Work(stage, attempts, List.of(backoff), null);
  }

  static EventDefinition message(String name) {
    return new EventDefinition.Message(name, null);
  }

  static EventDefinition message(String name, Expression key) {
    return new EventDefinition.Message(name, key);
  }

  static EventDefinition error(String code) {
    return new EventDefinition.ErrorCode(code);
  }

  static EventDefinition thrown(String code) {
    return new EventDefinition.ErrorThrow(new Literal(code), null);
  }

  static EventDefinition anyError() {
    return new EventDefinition.ErrorCode(null);
  }

  static EventDefinition thrown(String code, Expression message) {
    return new EventDefinition.ErrorThrow(new Literal(code), message);
  }

  static EventDefinition error(String code, String codeVariable, String messageVariable) {
    return new EventDefinition.ErrorCode(code, codeVariable, messageVariable);
  }

  static EventDefinition escalation(String code) {
    return new EventDefinition.EscalationCode(code, null);
  }

  static EventDefinition escalation(String code, String codeVariable) {
    return new EventDefinition.EscalationCode(code, codeVariable);
  }

  static EventDefinition escalated(String code) {
    return new EventDefinition.EscalationThrow(new Literal(code));
  }

  static SignalDefinition signal(String name) {
    return new SignalDefinition(name);
  }

  static EventDefinition condition(Expression condition) {
    return new ConditionDefinition(condition);
  }

  static EventDefinition anyOf(EventDefinition... definitions) {
    return new MultipleDefinition(List.of(definitions), false);
  }

  static EventDefinition allOf(EventDefinition... definitions) {
    return new MultipleDefinition(List.of(definitions), true);
  }

  static EventDefinition compensation() {
    return new EventDefinition.CompensationThrow(null, true);
  }

  static EventDefinition compensation(String activity) {
    return new EventDefinition.CompensationThrow(activity, true);
  }

  static EventDefinition cancelled() {
    return new EventDefinition.Cancel();
  }

  static EventDefinition terminate() {
    return new EventDefinition.Terminate();
  }

  static EventDefinition send(String stage) {
    return new EventDefinition.SendMessage(work(stage));
  }

  static EventDefinition date(String text) {
    return new TimerDefinition(TimerDefinition.Type.DATE, Expressions.value(text));
  }

  static EventDefinition duration(String text) {
    return new TimerDefinition(TimerDefinition.Type.DURATION, Expressions.value(text));
  }

  static EventDefinition cycle(String text) {
    return new TimerDefinition(TimerDefinition.Type.CYCLE, Expressions.value(text));
  }
}
