package org.millrace.kernel;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventBasedGateway;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Entries;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.graph.Flow;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.state.Escalation;
import org.millrace.kernel.state.Incident;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/** What each command does: one rule for each kind. A rule that rejects has changed nothing. */
final class Rules {

  @FunctionalInterface
  interface Rule<C extends Command> {
    @Nullable Rejected carryOut(Step step, C command);
  }

  private static final Set<Wait.Kind> ANSWERED_BY_OUTCOMES =
      EnumSet.of(Wait.Kind.WORK, Wait.Kind.TASK);

  private static final Set<Wait.Kind> DELIVERED =
      EnumSet.of(Wait.Kind.MESSAGE, Wait.Kind.SIGNAL, Wait.Kind.CONDITION);

  /** One for each kind of command. */
  static final Map<Class<? extends Command>, Rule<Command>> RULES =
      Map.ofEntries(
          on(Command.Start.class, Rules::start),
          on(Command.Complete.class, Rules::complete),
          on(Command.ThrowError.class, Rules::throwError),
          on(Command.Escalate.class, Rules::escalate),
          on(Command.Fail.class, Rules::fail),
          on(Command.Deliver.class, Rules::deliver),
          on(Command.Signal.class, Rules::signal),
          on(Command.Fire.class, Rules::fire),
          on(Command.CalledEnded.class, Rules::calledEnded),
          on(Command.CalledEscalated.class, Rules::calledEscalated),
          on(Command.EscalationLost.class, Rules::escalationLost),
          on(Command.Claim.class, Rules::claim),
          on(Command.SetVariables.class, Rules::setVariables),
          on(Command.Modify.class, (step, command) -> new Modification(step).carryOut(command)),
          on(Command.Migrate.class, Rules::migrate),
          on(Command.RetryIncident.class, Rules::retryIncident),
          on(Command.Suspend.class, (step, command) -> suspend(step)),
          on(Command.Resume.class, (step, command) -> resume(step)),
          on(Command.Cancel.class, (step, command) -> cancel(step)));

  private Rules() {}

  private static <C extends Command> Map.Entry<Class<? extends Command>, Rule<Command>> on(
      Class<C> kind, Rule<C> rule) {
    return Map.entry(kind, (step, command) -> rule.carryOut(step, kind.cast(command)));
  }

  static @Nullable Rejected carryOut(Step step, Command command) {
    InstanceState state = step.state();
    if (!(command instanceof Command.Start)) {
      if (state.startedAt() == null) {
        return new Rejected(Kind.TOO_EARLY, "the instance has not begun yet");
      }
      if (state.status().ended()) {
        return new Rejected(Kind.STALE, "the instance has ended as " + state.status().word());
      }
    }
    Rule<Command> rule = RULES.get(command.getClass());
    if (rule == null) {
      throw new IllegalStateException("no rule for " + command.getClass());
    }
    return rule.carryOut(step, command);
  }

  private static @Nullable Rejected start(Step step, Command.Start start) {
    if (step.state().startedAt() != null) {
      return new Rejected(Kind.STALE, "the instance has begun already");
    }
    Entries entries = new Entries(step.graph());
    String process = step.graph().id();
    String byEvent = start.startEvent();
    List<Element> plain =
        byEvent == null ? entries.unnamed(start.variables(), step.now()) : List.of();
    boolean isKnown =
        byEvent != null
            && step.graph().has(byEvent)
            && entries.isByEvent(step.graph().element(byEvent));
    if (plain.isEmpty() && !isKnown) {
      return new Rejected(
          Kind.INVALID,
          "process %s has no start event to begin at without an event: %s"
              .formatted(
                  process,
                  step.graph().hasConditions()
                      ? "none of its conditions holds with these variables"
                      : "name what it waits for"));
    }
    if (byEvent != null) {
      beginAt(step, entries, step.graph().element(byEvent), start);
      return null;
    }
    begin(step, start, start.variables());
    plain.forEach(entry -> step.enter(step.create(Scope.ROOT, entry.id())));
    return null;
  }

  private static void begin(Step step, Command.Start start, Map<String, Object> variables) {
    step.emit(
        new Event.Started(start.businessKey(), start.priority(), step.graph().begun(variables)));
    step.listeners().processBegins();
    step.scopes().armEventSubProcesses(step.state().scope(Scope.ROOT));
  }

  private static void beginAt(Step step, Entries entries, Element element, Command.Start start) {
    Flow flow = entries.flowFromGateway(element);
    if (flow != null && step.graph().element(flow.source()) instanceof EventBasedGateway gateway) {
      begin(step, start, start.variables());
      gateway.begin(step, step.create(Scope.ROOT, gateway.id()), flow);
    } else {
      Mappings mappings = element.mappings();
      begin(step, start, mappings.keepsIn() ? Map.of() : start.variables());
      Map<String, Object> kept = mappings.keepsIn() ? mappings.named(start.variables()) : Map.of();
      Token token = step.create(Scope.ROOT, element.id(), kept);
      if (element instanceof StartEvent event && start.message() != null) {
        event.begin(step, token, start.message());
      } else {
        element.happened(step, token);
      }
    }
  }

  private static @Nullable Rejected complete(Step step, Command.Complete done) {
    Rejected rejected = check(step, done.waitId(), done.attempt(), ANSWERED_BY_OUTCOMES);
    return rejected != null ? rejected : answer(step, done.waitId(), done.variables());
  }

  private static @Nullable Rejected throwError(Step step, Command.ThrowError error) {
    Rejected rejected =
        thrown(step, error.waitId(), error.attempt(), "the error code", error.code());
    if (rejected == null) {
      Scope scope = step.state().scope(step.state().wait(error.waitId()).scope());
      step.variables().merge(scope.id(), error.variables());
      step.throwError(step.state().token(scope.token()), error.code(), error.message());
    }
    return rejected;
  }

  private static @Nullable Rejected escalate(Step step, Command.Escalate escalation) {
    Rejected rejected =
        thrown(
            step,
            escalation.waitId(),
            escalation.attempt(),
            "the escalation code",
            escalation.code());
    if (rejected == null) {
      Scope scope = step.state().scope(step.state().wait(escalation.waitId()).scope());
      step.variables().merge(scope.id(), escalation.variables());
      step.throwEscalation(step.state().token(scope.token()), escalation.code());
    }
    return rejected;
  }

  private static @Nullable Rejected fail(Step step, Command.Fail failure) {
    Rejected rejected =
        check(
            step,
            failure.waitId(),
            failure.attempt(),
            EnumSet.of(Wait.Kind.WORK, Wait.Kind.TIMER, Wait.Kind.CALL));
    if (rejected != null) {
      return rejected;
    }
    Wait wait = step.state().wait(failure.waitId());
    if (wait.attemptsLeft() == 0) {
      return new Rejected(Kind.STALE, "this has failed already");
    }
    step.variables().merge(wait.scope(), failure.variables());
    step.incidents().fail(wait, failure);
    return null;
  }

  private static @Nullable Rejected deliver(Step step, Command.Deliver message) {
    Rejected rejected = check(step, message.waitId(), 0, DELIVERED);
    return rejected != null ? rejected : answer(step, message.waitId(), message.variables());
  }

  private static @Nullable Rejected signal(Step step, Command.Signal signal) {
    return step.signals().deliver(signal.waitIds(), signal.variables())
        ? null
        : new Rejected(Kind.STALE, "the signal is no longer waited for");
  }

  /** A person fires a timer as it stands; the engine only one that is due, and that can fire. */
  private static @Nullable Rejected fire(Step step, Command.Fire timer) {
    Rejected rejected = check(step, timer.waitId(), 0, EnumSet.of(Wait.Kind.TIMER));
    if (rejected != null) {
      return rejected;
    }
    if (timer.early()) {
      return answer(step, timer.waitId(), Map.of());
    }
    Wait wait = step.state().wait(timer.waitId());
    if (wait.attemptsLeft() == 0) {
      return new Rejected(Kind.STALE, "this timer has failed already");
    }
    if (step.state().status() == Status.SUSPENDED) {
      return new Rejected(Kind.STALE, "the instance is suspended; resuming sets its timers anew");
    }
    if (step.now().isBefore(wait.due())) {
      step.waits().schedule(wait);
      return null;
    }
    EvaluationException reason =
        step.attempt(
            () -> {
              if (!step.waits().leaveOut(wait)) {
                answer(step, wait.id(), Map.of());
              }
            });
    if (reason != null) {
      step.incidents().raise(wait, String.valueOf(reason.getMessage()), null);
    }
    return null;
  }

  private static @Nullable Rejected calledEnded(Step step, Command.CalledEnded called) {
    Rejected rejected = check(step, called.waitId(), called.attempt(), EnumSet.of(Wait.Kind.CALL));
    if (rejected == null) {
      step.calls().ended(step.state().wait(called.waitId()), called);
    }
    return rejected;
  }

  private static @Nullable Rejected calledEscalated(Step step, Command.CalledEscalated called) {
    Escalation escalation = new Escalation(called.code(), called.variables());
    Wait wait = step.state().findWait(called.waitId());
    if (wait != null
        && wait.kind() == Wait.Kind.CALL
        && wait.attempt() == called.attempt()
        && wait.attemptsLeft() == 0) {
      step.incidents().lose(wait, escalation, "");
      return null;
    }
    Rejected rejected = check(step, called.waitId(), called.attempt(), EnumSet.of(Wait.Kind.CALL));
    if (rejected == null) {
      step.calls().escalated(step.state().wait(called.waitId()), escalation);
    }
    return rejected;
  }

  private static @Nullable Rejected escalationLost(Step step, Command.EscalationLost lost) {
    Rejected rejected = check(step, lost.waitId(), 0, EnumSet.of(Wait.Kind.CALL));
    if (rejected != null) {
      return rejected;
    }
    Wait wait = step.state().wait(lost.waitId());
    if (wait.attempt() != lost.attempt()) {
      return new Rejected(Kind.STALE, "another instance is called here by now");
    }
    step.incidents()
        .lose(
            wait,
            new Escalation(lost.code(), lost.variables()),
            "the called instance's escalation %s could not be delivered; the server's log says why"
                .formatted(lost.code()));
    return null;
  }

  private static @Nullable Rejected claim(Step step, Command.Claim claim) {
    Rejected rejected = check(step, claim.waitId(), 0, EnumSet.of(Wait.Kind.TASK));
    if (rejected != null) {
      return rejected;
    }
    String owner = step.state().wait(claim.waitId()).assignee();
    if (owner != null && claim.user() != null && !owner.equals(claim.user())) {
      return new Rejected(Kind.STALE, "the task is taken by " + owner);
    }
    if (!Objects.equals(owner, claim.user())) {
      step.emit(new Event.TaskClaimed(claim.waitId(), claim.user()));
      Scope task = step.state().scope(step.state().wait(claim.waitId()).scope());
      step.listeners().assigned(task, claim.user());
    }
    return null;
  }

  private static @Nullable Rejected setVariables(Step step, Command.SetVariables set) {
    step.variables().set(Scope.ROOT, set.variables());
    return null;
  }

  private static @Nullable Rejected migrate(Step step, Command.Migrate to) {
    return new Migration(to.from(), step.graph(), to.mapping())
        .carryOut(step, to.fromVersion(), to.toVersion());
  }

  private static @Nullable Rejected retryIncident(Step step, Command.RetryIncident retry) {
    Incident incident = step.state().findIncident(retry.incident());
    if (incident == null) {
      return new Rejected(Kind.STALE, "this incident is resolved");
    }
    step.incidents().retry(incident);
    return null;
  }

  private static @Nullable Rejected suspend(Step step) {
    if (step.state().status() == Status.RUNNING) {
      step.emit(new Event.Suspended());
    }
    return null;
  }

  private static @Nullable Rejected resume(Step step) {
    if (step.state().status() == Status.SUSPENDED) {
      step.emit(new Event.Resumed());
      step.state().waits().stream()
          .filter(wait -> wait.attemptsLeft() > 0)
          .forEach(step.waits()::resume);
    }
    return null;
  }

  private static @Nullable Rejected cancel(Step step) {
    step.end(Status.CANCELLED);
    return null;
  }

  /** Whether a wait of one of these kinds stands so: null if so. */
  private static @Nullable Rejected check(
      Step step, int waitId, int attempt, Set<Wait.Kind> kinds) {
    Rejected rejected = Kernel.check(step.state(), waitId, attempt);
    if (rejected == null && !kinds.contains(step.state().wait(waitId).kind())) {
      return new Rejected(
          Kind.INVALID, "this waits for a " + step.state().wait(waitId).kind().word());
    }
    return rejected;
  }

  /** What is thrown for a piece of work goes by a code, also to other instances. */
  private static @Nullable Rejected thrown(
      Step step, int waitId, int attempt, String what, String code) {
    String flaw = Names.flaw(what, code);
    return flaw != null
        ? new Rejected(Kind.INVALID, flaw)
        : check(step, waitId, attempt, ANSWERED_BY_OUTCOMES);
  }

  private static @Nullable Rejected answer(Step step, int waitId, Map<String, Object> variables) {
    Wait wait = step.state().wait(waitId);
    step.graph().element(wait.element()).answered(step, wait, variables);
    return null;
  }
}
