package org.millrace.kernel;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.element.Activity;
import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.element.SubProcess;
import org.millrace.kernel.element.ThrowEvent;
import org.millrace.kernel.element.TimerDefinition;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.graph.Flow;
import org.millrace.kernel.graph.Mapping;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.graph.Work;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/**
 * One command being carried out: the verbs that all elements share, each written once. A verb emits
 * events; an event changes the working state at once. What tokens do next is put on an agenda, so
 * that no chain of elements is too long for the stack.
 */
public final class Step {

  /**
   * More than any sensible process passes between two waits; a loop without a wait is stopped here.
   */
  static final int MAX_MOVES = 10_000;

  private final ProcessGraph graph;
  private final Instant now;
  private final Journal journal;
  private final Deque<Todo> agenda = new ArrayDeque<>();

  private record Todo(int token, boolean leaving) {}

  Step(ProcessGraph graph, InstanceState before, Instant now) {
    this.graph = graph;
    this.now = now;
    this.journal = new Journal(before, now);
  }

  public ProcessGraph graph() {
    return graph;
  }

  public InstanceState state() {
    return journal.state();
  }

  public Instant now() {
    return now;
  }

  /** The id that the next token, scope, wait or incident gets. */
  public int nextId() {
    return state().nextId();
  }

  void emit(Event event) {
    journal.emit(event);
  }

  void effect(Effect effect) {
    journal.effect(effect);
  }

  /** Carries out the agenda; a token that cannot go on becomes an incident, the others go on. */
  void run() {
    int moves = 0;
    while (!agenda.isEmpty()) {
      Todo todo = agenda.remove();
      Token token = state().findToken(todo.token());
      if (token == null) {
        continue;
      }
      boolean endless = ++moves > MAX_MOVES;
      EvaluationException reason = attempt(() -> carryOut(todo, token, endless));
      if (reason != null) {
        new Incidents(this).raise(token, todo.leaving(), reason);
      }
    }
  }

  private void carryOut(Todo todo, Token token, boolean endless) {
    if (endless) {
      throw new EvaluationException("the process runs in a circle without ever waiting");
    }
    if (todo.leaving()) {
      go(token);
    } else {
      graph.element(token.element()).enter(this, token);
    }
  }

  /** Does something wholly or, where an expression has no value, not at all; then says why not. */
  @Nullable EvaluationException attempt(Runnable action) {
    Journal.Mark mark = journal.mark();
    int planned = agenda.size();
    try {
      action.run();
      return null;
    } catch (EvaluationException e) {
      journal.backTo(mark);
      while (agenda.size() > planned) {
        agenda.removeLast();
      }
      return e;
    }
  }

  Decision.Accepted accepted() {
    return journal.accepted();
  }

  // ---- tokens

  /** Puts a token on an element without a flow. */
  public Token create(int scope, String element) {
    return create(scope, element, null);
  }

  private Token create(int scope, String element, @Nullable String flow) {
    int id = nextId();
    emit(new Event.TokenCreated(id, scope, element, flow));
    return state().token(id);
  }

  /** Has the element that the token is on do what it does. */
  public void enter(Token token) {
    agenda.add(new Todo(token.id(), false));
  }

  /** Has the token go on from its element, by all flows that are open to it. */
  public void leave(Token token) {
    agenda.add(new Todo(token.id(), true));
  }

  private void go(Token token) {
    Node node = graph.element(token.element()).node();
    if (node.outgoing().isEmpty()) {
      consume(token);
      return;
    }
    List<Flow> open = new ArrayList<>();
    for (Flow flow : node.outgoing()) {
      if (!flow.id().equals(node.defaultFlow()) && holds(flow, token.scope())) {
        open.add(flow);
      }
    }
    take(token, open.isEmpty() ? defaultFlow(node) : open);
  }

  /** Sends the token on by these flows: itself by the first, a new one by each other. */
  public void take(Token token, List<Flow> flows) {
    if (flows.isEmpty()) {
      consume(token);
      return;
    }
    Flow first = flows.get(0);
    emit(new Event.TokenMoved(token.id(), first.target(), first.id()));
    enter(token);
    for (Flow flow : flows.subList(1, flows.size())) {
      enter(create(token.scope(), flow.target(), flow.id()));
    }
  }

  /**
   * The default flow, alone in a list.
   *
   * @throws EvaluationException if there is none: the token has no way to go
   */
  public List<Flow> defaultFlow(Node node) {
    return node.outgoing().stream()
        .filter(flow -> flow.id().equals(node.defaultFlow()))
        .findFirst()
        .map(List::of)
        .orElseThrow(
            () ->
                new EvaluationException(
                    "no condition on the flows out of \"%s\" holds, and it has no default flow"
                        .formatted(node.label())));
  }

  /** The tokens on an element in one scope, in the order in which they came into being. */
  public List<Token> tokensAt(String element, int scope) {
    return state().tokens().stream()
        .filter(token -> token.scope() == scope && token.element().equals(element))
        .toList();
  }

  /** Takes a token away because another goes on for it. */
  public void absorb(Token token) {
    new Incidents(this).forget(token);
    emit(new Event.TokenConsumed(token.id()));
  }

  private void consume(Token token) {
    absorb(token);
    whenEmpty(token.scope());
  }

  private void whenEmpty(int scopeId) {
    if (state().tokens().stream().anyMatch(token -> token.scope() == scopeId)) {
      return;
    }
    if (scopeId == Scope.ROOT) {
      end(Status.COMPLETED, null);
    } else {
      Scope scope = state().scope(scopeId);
      graph.element(scope.element()).emptied(this, scope);
    }
  }

  // ---- scopes

  /** The id of the process or element whose scope it is. */
  String container(Scope scope) {
    return scope.id() == Scope.ROOT ? graph.id() : scope.element();
  }

  /** Opens a scope without variables for the token's stay. */
  public Scope open(Token token) {
    return open(token, Map.of());
  }

  Scope open(Token token, Map<String, Object> variables) {
    int id = nextId();
    emit(new Event.ScopeOpened(id, token.id(), token.element(), variables));
    return state().scope(id);
  }

  /**
   * Begins an activity: its input mappings, each of which sees those before it, its scope, its
   * boundary events.
   */
  public Scope begin(Token token, Activity activity) {
    Map<String, Object> own = new LinkedHashMap<>();
    Map<String, Object> seen = new LinkedHashMap<>(state().visibleFrom(token.scope()));
    for (Mapping input : activity.mappings().inputs()) {
      Object value = input.source().evaluate(seen, now);
      own.put(input.target(), value);
      seen.put(input.target(), value);
    }
    Scope scope = open(token, own);
    for (BoundaryEvent boundary : graph.boundaries(activity.id())) {
      await(boundary.definition(), scope, boundary.id());
    }
    return scope;
  }

  /** Completes an activity with what it gave back: output mappings, compensation, and on. */
  public void complete(Scope scope, Map<String, Object> result) {
    Activity activity = (Activity) graph.element(scope.element());
    Token token = state().token(scope.token());
    if (activity.mappings().outputs().isEmpty()) {
      merge(scope.id(), result);
    } else {
      if (!result.isEmpty()) {
        emit(new Event.VariablesSet(scope.id(), result));
      }
      Map<String, Object> out = new LinkedHashMap<>();
      for (Mapping output : activity.mappings().outputs()) {
        out.put(output.target(), evaluate(output.source(), scope.id()));
      }
      merge(scope.parent(), out);
    }
    close(scope);
    new Compensations(this).keep(scope, token, activity);
    leave(token);
  }

  /** Ends a scope and what it waits for; its token stays where it is. */
  public void close(Scope scope) {
    List<Wait> owned = state().waits().stream().filter(wait -> wait.scope() == scope.id()).toList();
    owned.forEach(this::close);
    emit(new Event.ScopeClosed(scope.id()));
  }

  /** Takes a token away, and all that happens in the scope that it holds. */
  public void cancel(Token token) {
    cancel(token, List.of());
  }

  /**
   * Like {@link #cancel(Token)}.
   *
   * @param failed the tokens whose activities failed by it
   */
  void cancel(Token token, List<Integer> failed) {
    Scope held = heldBy(token);
    if (held != null) {
      cancelWithin(held.id(), failed);
      close(held);
    }
    new Incidents(this).forget(token);
    emit(new Event.TokenCancelled(token.id(), failed.contains(token.id())));
  }

  @Nullable Scope heldBy(Token token) {
    return state().scopes().stream()
        .filter(scope -> scope.token() == token.id())
        .findFirst()
        .orElse(null);
  }

  void cancelWithin(int scope, List<Integer> failed) {
    List<Token> inside = state().tokens().stream().filter(token -> token.scope() == scope).toList();
    inside.forEach(token -> cancel(token, failed));
  }

  /** Ends all in a token's scope. The process ends with it, a sub-process completes. */
  public void terminate(Token token) {
    absorb(token);
    cancelWithin(token.scope(), List.of());
    if (token.scope() == Scope.ROOT) {
      end(Status.TERMINATED, null);
    } else {
      whenEmpty(token.scope());
    }
  }

  /** Ends the instance. */
  void end(Status status, @Nullable String reason) {
    cancelWithin(Scope.ROOT, List.of());
    finish(status, reason);
  }

  void finish(Status status, @Nullable String reason) {
    List.copyOf(state().waits()).forEach(this::close);
    emit(new Event.Ended(status, reason));
  }

  // ---- waits

  /** Waits for such an event on behalf of an element; for what is not waited for, does nothing. */
  public void await(EventDefinition definition, Scope scope, String element) {
    Wait wait = definition.arm(this, scope.id(), element);
    if (wait != null) {
      await(wait);
    }
  }

  public void await(Wait wait) {
    emit(new Event.WaitOpened(wait));
    if (wait.kind() == Wait.Kind.TIMER) {
      effect(new Effect.ScheduleTimer(wait.id(), requireNonNull(wait.due())));
    }
  }

  /** Puts an element's work on its stage. */
  public void awaitWork(Scope scope, Element element) {
    Work work = requireNonNull(element.work());
    Wait wait = Wait.work(nextId(), scope.id(), element.id(), work.stage(), work.attempts());
    await(wait);
    send(wait, Duration.ZERO);
  }

  void send(Wait wait, Duration delay) {
    Work work = requireNonNull(graph.element(wait.element()).work());
    Object given = work.priority() == null ? null : evaluate(work.priority(), wait.scope());
    int priority = state().priority();
    if (given instanceof Number number) {
      priority = Math.max(0, Math.min(9, number.intValue()));
    }
    effect(new Effect.SendWork(wait, delay, priority, state().visibleFrom(wait.scope())));
  }

  /** Arms the event sub-processes that lie directly in a scope. */
  public void awaitEventSubProcesses(Scope scope) {
    for (SubProcess subProcess : graph.eventSubProcesses(container(scope))) {
      for (StartEvent start : graph.starts(subProcess.id())) {
        await(start.definition(), scope, start.id());
      }
    }
  }

  private void close(Wait wait) {
    new Incidents(this).forget(wait);
    emit(new Event.WaitClosed(wait.id()));
  }

  /**
   * After a wait that interrupts nothing: a message is waited for on, by the same wait, so that
   * none is missed that is on its way to it; a cycle has its next time.
   */
  public void rearm(EventDefinition definition, Wait answered) {
    if (definition instanceof TimerDefinition timer) {
      close(answered);
      if (answered.repeats() != 0) {
        await(timer.rearm(this, answered));
      }
    }
  }

  /**
   * Closes the scope of an event that has come. Where an event-based gateway waited for it, the
   * token goes on from the gateway to the event.
   */
  public Token arrive(Wait wait, String element) {
    Scope scope = state().scope(wait.scope());
    Token token = state().token(scope.token());
    close(scope);
    if (!token.element().equals(element)) {
      String flow =
          graph.element(token.element()).node().outgoing().stream()
              .filter(way -> way.target().equals(element))
              .findFirst()
              .map(Flow::id)
              .orElse(null);
      emit(new Event.TokenMoved(token.id(), element, flow));
    }
    return state().token(token.id());
  }

  // ---- throwing

  /**
   * Begins an event sub-process; an interrupting one first ends all else in the scope around it.
   */
  public void beginEventSubProcess(Scope around, StartEvent start) {
    beginEventSubProcess(around, start, List.of());
  }

  void beginEventSubProcess(Scope around, StartEvent start, List<Integer> failed) {
    if (start.interrupting()) {
      cancelWithin(around.id(), failed);
      state().waits().stream()
          .filter(wait -> wait.scope() == around.id())
          .filter(wait -> graph.element(wait.element()) instanceof StartEvent)
          .toList()
          .forEach(this::close);
    }
    SubProcess subProcess = (SubProcess) graph.element(start.node().parent());
    subProcess.begin(this, create(around.id(), subProcess.id()), start);
  }

  /** Throws an error at a token; it goes outwards until something catches it. */
  public void throwError(Token token, String code) {
    new Errors(this).raise(token, code);
  }

  /** Compensates what has completed around a token, newest first; the token goes on after that. */
  public void compensate(Token token, @Nullable String activity) {
    new Compensations(this).run(token, activity);
  }

  boolean isEventSubProcess(Scope scope) {
    return scope.id() != Scope.ROOT
        && graph.element(scope.element()) instanceof SubProcess subProcess
        && subProcess.triggeredByEvent();
  }

  /**
   * Whether it is the scope of a completed sub-process that stands open again, for what compensates
   * within it. Its token was put there: it came by no flow.
   */
  public boolean isReopened(Scope scope) {
    if (scope.id() == Scope.ROOT
        || state().token(scope.token()).flow() != null
        || graph.isCompensationHandler(scope.element())
        || !(graph.element(scope.element()) instanceof SubProcess)) {
      return false;
    }
    Scope parent = state().scope(scope.parent());
    return isReopened(parent)
        || (parent.id() != Scope.ROOT && graph.element(parent.element()) instanceof ThrowEvent);
  }

  /** All in a completed sub-process is compensated. */
  public void undone(Scope reopened) {
    close(reopened);
    consume(state().token(reopened.token()));
  }

  // ---- variables

  /** Evaluates an expression as a scope sees it. */
  public @Nullable Object evaluate(Expression expression, int scope) {
    return expression.evaluate(state().visibleFrom(scope), now);
  }

  /** Whether a flow's condition holds; a flow without one is always open. */
  public boolean holds(Flow flow, int scope) {
    Expression condition = flow.condition();
    if (condition == null) {
      return true;
    }
    if (evaluate(condition, scope) instanceof Boolean holds) {
      return holds;
    }
    throw new EvaluationException(
        "the condition \"%s\" on flow %s is neither true nor false"
            .formatted(condition.source(), flow.id()));
  }

  /** Sets each variable in the nearest scope that has it, else in the instance's own. */
  public void merge(int scope, Map<String, Object> variables) {
    Map<Integer, Map<String, Object>> byScope = new LinkedHashMap<>();
    variables.forEach(
        (name, value) ->
            byScope
                .computeIfAbsent(owner(name, scope), owner -> new LinkedHashMap<>())
                .put(name, value));
    byScope.forEach((owner, some) -> emit(new Event.VariablesSet(owner, some)));
  }

  private int owner(String name, int scopeId) {
    Scope scope = state().scope(scopeId);
    while (scope.id() != Scope.ROOT && !scope.variables().containsKey(name)) {
      scope = state().scope(scope.parent());
    }
    return scope.id();
  }
}
