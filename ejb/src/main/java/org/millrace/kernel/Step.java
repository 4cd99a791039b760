package org.millrace.kernel;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.element.Activity;
import org.millrace.kernel.element.AdHoc;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventDefinition.ErrorThrow;
import org.millrace.kernel.element.EventDefinition.Terminate.Extent;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.graph.Flow;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Token;

/**
 * One command being carried out: what tokens do, and the way to the verbs of everything else. A
 * verb emits events; an event changes the working state at once. What tokens do next is put on an
 * agenda, so that no chain of elements is too long for the stack.
 */
public final class Step {

  /**
   * More than any sensible process passes between two waits; a loop without a wait is stopped here.
   */
  static final int MAX_MOVES = 10_000;

  /** More runs of looped activities than one step begins; each adds to what may move. */
  static final int MAX_RUNS = 20_000;

  private static final int MOVES_PER_RUN = 20;

  private final ProcessGraph graph;
  private final Instant now;
  private final Journal journal;
  private final Deque<Todo> agenda = new ArrayDeque<>();
  private int runs;
  private final Conditions conditions = new Conditions(this);
  private final Settlement settlement;

  private record Todo(int token, boolean leaving) {}

  Step(ProcessGraph graph, InstanceState before, Instant now) {
    this.graph = graph;
    this.now = now;
    this.journal = new Journal(before, now);
    this.settlement = new Settlement(this);
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

  public Variables variables() {
    return new Variables(this);
  }

  public Data data() {
    return new Data(this);
  }

  public Waits waits() {
    return new Waits(this);
  }

  public Scopes scopes() {
    return new Scopes(this);
  }

  public Joins joins() {
    return new Joins(this);
  }

  public Calls calls() {
    return new Calls(this);
  }

  Incidents incidents() {
    return new Incidents(this);
  }

  public Transactions transactions() {
    return new Transactions(this);
  }

  Loops loops() {
    return new Loops(this);
  }

  public Listeners listeners() {
    return new Listeners(this);
  }

  Conditions conditions() {
    return conditions;
  }

  Signals signals() {
    return new Signals(this);
  }

  Compensations compensations() {
    return new Compensations(this);
  }

  void emit(Event event) {
    conditions.note(event);
    settlement.note(event);
    journal.emit(event);
  }

  void effect(Effect effect) {
    journal.effect(effect);
  }

  /**
   * Carries out the agenda; a token that cannot go on becomes an incident, the others go on. When
   * nothing moves any more the joins are asked, and it goes on while they have something to do.
   */
  void run() {
    int moves = 0;
    conditions.look();
    while (hasNext()) {
      Todo todo = agenda.remove();
      Token token = state().findToken(todo.token());
      if (token == null) {
        continue;
      }
      boolean endless = ++moves > MAX_MOVES + runs * MOVES_PER_RUN;
      EvaluationException reason = attempt(() -> carryOut(todo, token, endless));
      if (reason != null) {
        incidents().raise(token, todo.leaving(), reason);
      }
      conditions.look();
    }
  }

  /** Whether something is on the agenda; if nothing is, the joins may put something there. */
  private boolean hasNext() {
    while (!isBusy() && settlement.advance()) {
      // One join has let tokens go, or has given some up: another may have waited for these.
    }
    return isBusy();
  }

  boolean isBusy() {
    return !agenda.isEmpty();
  }

  /** How far it has come: not the same any more once something has happened. */
  Journal.Mark mark() {
    return journal.mark();
  }

  private void carryOut(Todo todo, Token token, boolean endless) {
    if (endless) {
      throw new EvaluationException("the process runs in a circle without ever waiting");
    }
    Element element = graph.element(token.element());
    if (todo.leaving()) {
      if (!AdHoc.ends(this, token)) {
        go(token);
      }
    } else if (listeners().skips(token, element)) {
      leave(token);
    } else if (element instanceof Activity activity && isLoop(activity, token)) {
      loops().begin(token, activity);
    } else {
      listeners().come(token, element);
      element.enter(this, token);
    }
  }

  private static boolean isLoop(Activity activity, Token token) {
    return activity.loop() != null && token.run() == 0;
  }

  /** Does something wholly or, where an expression has no value, not at all; then says why not. */
  @Nullable EvaluationException attempt(Runnable action) {
    Journal.Mark mark = journal.mark();
    int planned = agenda.size();
    int noted = conditions.noted();
    try {
      action.run();
      return null;
    } catch (EvaluationException e) {
      journal.backTo(mark);
      conditions.backTo(noted);
      while (agenda.size() > planned) {
        agenda.removeLast();
      }
      return e;
    }
  }

  Decision.Accepted accepted() {
    return journal.accepted();
  }

  /** Puts a token on an element without a flow. */
  public Token create(int scope, String element) {
    return create(new Event.TokenCreated(nextId(), scope, element, null));
  }

  private Token create(int scope, String element, @Nullable String flow) {
    return create(new Event.TokenCreated(nextId(), scope, element, flow));
  }

  /** Puts a token on an element, with variables for the scope that it opens there. */
  public Token create(int scope, String element, Map<String, Object> own) {
    return create(new Event.TokenCreated(nextId(), scope, element, null, 0, own));
  }

  /** Puts a token for a run on the element that the scope is around. */
  Token createRun(Scope around, int run, Map<String, Object> own) {
    if (++runs > MAX_RUNS) {
      throw new EvaluationException(
          "more than %d runs of looped activities would begin at once".formatted(MAX_RUNS));
    }
    return create(new Event.TokenCreated(nextId(), around.id(), around.element(), null, run, own));
  }

  private Token create(Event.TokenCreated created) {
    emit(created);
    return state().token(created.token());
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
      take(token, List.of());
      return;
    }
    List<Flow> open = open(node, token.scope());
    take(token, open.isEmpty() ? defaultFlow(node) : open);
  }

  /** The flows out of an element whose conditions hold as a scope sees it; the default is none. */
  public List<Flow> open(Node node, int scope) {
    List<Flow> open = new ArrayList<>();
    for (Flow flow : node.outgoing()) {
      if (!flow.id().equals(node.defaultFlow()) && variables().holds(flow, scope)) {
        open.add(flow);
      }
    }
    return open;
  }

  /** Sends the token on by these flows: itself by the first, a new one by each other. */
  public void take(Token token, List<Flow> flows) {
    listeners().leave(token);
    if (flows.isEmpty()) {
      consume(token);
      return;
    }
    enter(pass(token, flows.get(0)));
    flows.subList(1, flows.size()).forEach(flow -> send(token.scope(), flow));
  }

  /** Moves the token along a flow; what happens there is for the caller to say. */
  public Token pass(Token token, Flow flow) {
    listeners().take(flow, token.scope());
    emit(new Event.TokenMoved(token.id(), flow.target(), flow.id()));
    return state().token(token.id());
  }

  /** Sends a new token by a flow. */
  public void send(int scope, Flow flow) {
    listeners().take(flow, scope);
    enter(create(scope, flow.target(), flow.id()));
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
    return state().tokensAt(element, scope);
  }

  /** Takes a token away because another goes on for it. */
  public void absorb(Token token) {
    incidents().forget(token);
    emit(new Event.TokenConsumed(token.id()));
  }

  /**
   * Takes a token away that has come to an end, and with the last one in a scope completes that.
   */
  public void consume(Token token) {
    absorb(token);
    whenEmpty(token.scope());
  }

  private void whenEmpty(int scopeId) {
    if (!state().isEmpty(scopeId)) {
      return;
    }
    if (scopeId == Scope.ROOT) {
      end(Status.COMPLETED);
    } else {
      Scope scope = state().scope(scopeId);
      Element element = graph.element(scope.element());
      if (scope.runs() != null) {
        loops().goOn(scopeId, (Activity) element);
      } else {
        element.emptied(this, scope);
      }
    }
  }

  /** Throws an error at a token; it goes outwards until something catches it. */
  public void throwError(Token token, String code, @Nullable String message) {
    new Errors(this).raise(token, code, message);
  }

  /**
   * Throws an error that the process describes.
   *
   * @param seen what its code and its message see
   */
  public void throwError(Token token, ErrorThrow error, Map<String, Object> seen) {
    Object message = error.message() == null ? null : error.message().evaluate(seen, now());
    throwError(
        token,
        variables().text(error.code(), seen, "an error code"),
        message == null ? null : String.valueOf(message));
  }

  /**
   * Throws an escalation at a token; it goes outwards until something catches it, if anything does.
   *
   * @return whether the token has been ended by it
   */
  public boolean throwEscalation(Token token, String code) {
    return new Escalations(this).raise(token, code);
  }

  /** Throws a signal to all who wait for it. It may end the token that throws it. */
  public void throwSignal(String name, Map<String, Object> variables, boolean local) {
    signals().raise(name, variables, local);
  }

  /**
   * Compensates what has completed around a token, newest first.
   *
   * @return false if that is nothing; else the token holds a scope until all is compensated
   */
  public boolean compensate(Token token, @Nullable String activity) {
    return compensations().run(token, activity, false);
  }

  /** Like {@link #compensate}, with another token in this one's place, which is free to go. */
  public void compensateAside(Token token, @Nullable String activity) {
    compensations().run(token, activity, true);
  }

  /** Ends all in a token's scope. The process ends with it, a sub-process completes. */
  public void terminate(Token token, Extent extent) {
    absorb(token);
    if (extent == Extent.RUNS && loops().terminate(token.scope())) {
      return;
    }
    scopes().cancelWithin(token.scope(), List.of());
    if (token.scope() == Scope.ROOT || extent == Extent.INSTANCE) {
      end(Status.TERMINATED);
    } else {
      whenEmpty(token.scope());
    }
  }

  /** Ends the instance, and all that is left in it. */
  void end(Status status) {
    end(new Event.Ended(status, null));
  }

  /** Ends the instance with an error that nobody has caught. */
  void fail(String code, @Nullable String message) {
    end(new Event.Ended(Status.FAILED, code, message));
  }

  private void end(Event.Ended ended) {
    scopes().cancelWithin(Scope.ROOT, List.of());
    List.copyOf(state().waits()).forEach(waits()::close);
    listeners().processEnds(ended.status() == Status.COMPLETED);
    emit(ended);
  }
}
