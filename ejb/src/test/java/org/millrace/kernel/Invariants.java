package org.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.Join;
import org.millrace.kernel.element.ParallelGateway;
import org.millrace.kernel.element.SubProcess;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;
import org.millrace.kernel.state.Wait;

/** What holds after every step, whatever the process and the command. */
final class Invariants {

  private Invariants() {}

  /** Decides, and holds the decision to what every decision must be. */
  static Decision decide(ProcessGraph graph, InstanceState state, Command command, Instant now) {
    InstanceState before = state.copy();
    Decision decision = Kernel.decide(graph, state, command, now);
    assertThat(state).as("the given state, after %s", command).isEqualTo(before);
    if (decision instanceof Decision.Accepted accepted) {
      foldsTo(accepted, before, now);
      idsGrow(accepted, before);
      hangsTogether(graph, accepted.state());
      effectsAreWanted(accepted);
      happensOnce(graph, accepted, command, now);
    }
    return decision;
  }

  private static void foldsTo(Decision.Accepted accepted, InstanceState before, Instant now) {
    InstanceState folded = before;
    for (Event event : accepted.events()) {
      folded = Kernel.evolve(folded, event, now);
    }
    assertThat(folded).as("the fold of the events").isEqualTo(accepted.state());
    assertThat(InstanceState.of(folded.id(), folded.parts())).isEqualTo(folded);
  }

  private static void idsGrow(Decision.Accepted accepted, InstanceState before) {
    int last = before.nextId() - 1;
    for (Event event : accepted.events()) {
      int given = idGiven(event);
      if (given != Scope.NONE) {
        assertThat(given).as("the id that %s gives", event).isGreaterThan(last);
        last = given;
      }
    }
    assertThat(accepted.state().nextId()).isEqualTo(last + 1);
  }

  private static int idGiven(Event event) {
    if (event instanceof Event.Started) {
      return Scope.ROOT;
    } else if (event instanceof Event.TokenCreated created) {
      return created.token();
    } else if (event instanceof Event.ScopeOpened opened) {
      return opened.scope();
    } else if (event instanceof Event.WaitOpened opened) {
      return opened.opened().id();
    } else if (event instanceof Event.IncidentRaised raised) {
      return raised.incident().id();
    } else if (event instanceof Event.CompensationKept kept) {
      return kept.compensation().id();
    }
    return Scope.NONE;
  }

  private static void hangsTogether(ProcessGraph graph, InstanceState state) {
    List<Integer> scopes = state.scopes().stream().map(Scope::id).toList();
    List<Integer> tokens = state.tokens().stream().map(token -> token.id()).toList();
    assertThat(state.waits()).allMatch(wait -> scopes.contains(wait.scope()), "lies in a scope");
    assertThat(state.tokens()).allMatch(token -> scopes.contains(token.scope()), "in a scope");
    for (Scope scope : state.scopes()) {
      if (scope.id() != Scope.ROOT) {
        assertThat(tokens).as("the token of %s", scope).contains(scope.token());
        assertThat(state.token(scope.token()).element()).isEqualTo(scope.element());
        assertThat(scope.parent()).isEqualTo(state.token(scope.token()).scope());
      }
    }
    assertThat(state.scopes().stream().map(Scope::token)).doesNotHaveDuplicates();
    assertThat(state.incidents())
        .allMatch(incident -> incident.token() == Scope.NONE || tokens.contains(incident.token()))
        .allMatch(
            incident ->
                incident.waitId() == Scope.NONE || state.findWait(incident.waitId()) != null);
    if (state.status().ended()) {
      assertThat(state.tokens()).isEmpty();
      assertThat(state.waits()).isEmpty();
      assertThat(state.incidents()).isEmpty();
      assertThat(scopes).containsExactly(Scope.ROOT);
      assertThat(state.endedAt()).isNotNull();
    } else {
      assertThat(state.tokens()).as("tokens of what has not ended").isNotEmpty();
      state.tokens().forEach(token -> restsForAReason(graph, state, token));
    }
  }

  /** A token rests because its scope waits or contains tokens, an incident stands, or at a join. */
  private static void restsForAReason(ProcessGraph graph, InstanceState state, Token token) {
    boolean holdsScope =
        state.scopes().stream()
            .filter(scope -> scope.token() == token.id())
            .anyMatch(
                scope ->
                    state.waits().stream().anyMatch(wait -> wait.scope() == scope.id())
                        || state.tokens().stream().anyMatch(one -> one.scope() == scope.id()));
    boolean stands =
        state.incidents().stream().anyMatch(incident -> incident.token() == token.id());
    Element element = graph.element(token.element());
    boolean joins = element instanceof ParallelGateway || element instanceof Join;
    boolean isAdHoc =
        graph.element(token.element()) instanceof SubProcess subProcess
            && subProcess.adHoc() != null
            && state.heldBy(token.id()) != null;
    assertThat(holdsScope || stands || joins || isAdHoc)
        .as("token %s rests for a reason", token)
        .isTrue();
  }

  private static void effectsAreWanted(Decision.Accepted accepted) {
    InstanceState state = accepted.state();
    for (Effect effect : accepted.effects()) {
      if (effect instanceof Effect.SendWork send) {
        assertThat(state.findWait(send.work().id())).isEqualTo(send.work());
        assertThat(send.priority()).isBetween(0, 9);
      } else if (effect instanceof Effect.StartCalled call) {
        assertThat(state.findWait(call.call().id())).isEqualTo(call.call());
      } else if (effect instanceof Effect.ScheduleTimer timer) {
        Wait wait = state.findWait(timer.waitId());
        assertThat(wait).isNotNull();
        assertThat(timer.due()).isEqualTo(wait.due());
      }
    }
  }

  /** All but a message event that interrupts nothing: it takes each message that comes. */
  private static void happensOnce(
      ProcessGraph graph, Decision.Accepted accepted, Command command, Instant now) {
    boolean answers =
        command instanceof Command.Start
            || command instanceof Command.Complete
            || command instanceof Command.ThrowError
            || command instanceof Command.Fail
            || command instanceof Command.CalledEnded
            || (command instanceof Command.Deliver deliver
                && accepted.state().findWait(deliver.waitId()) == null)
            || command instanceof Command.Fire;
    if (answers && !accepted.events().isEmpty()) {
      assertThat(Kernel.decide(graph, accepted.state(), command, now))
          .as("the second delivery of %s", command)
          .isInstanceOfSatisfying(
              Decision.Rejected.class,
              again -> assertThat(again.kind()).isEqualTo(Decision.Kind.STALE));
    }
  }
}
