package org.millrace.execution;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.InstanceView.FailureView;
import org.millrace.api.operation.InstanceView.HistoryView;
import org.millrace.execution.InstanceStore.Recorded;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.Evaluation;
import org.millrace.kernel.state.Incident;
import org.millrace.kernel.state.Scope;

/**
 * The history as people read it, made from the events: one entry for each stay of a token at an
 * element, in the order in which the stays began. Of an activity that is done several times each
 * run has its entry, and the whole has none.
 */
final class History {

  private static final class Stay {
    private String element;
    private String type;
    private final Instant since;
    private @Nullable Instant until;
    private String state = "active";
    private int attempt = 1;
    private boolean hasRuns;
    private @Nullable Evaluation evaluation;
    private final List<FailureView> failures = new ArrayList<>();

    private Stay(Element element, Instant since) {
      this.element = element.id();
      this.type = element.node().type();
      this.since = since;
    }

    private void end(String how, Instant at) {
      state = how;
      until = at;
    }
  }

  private final List<Stay> stays = new ArrayList<>();
  private final Map<Integer, Stay> byToken = new HashMap<>();
  private final Map<Integer, Integer> tokenOfScope = new HashMap<>();
  private final Map<Integer, Integer> scopeOfWait = new HashMap<>();

  private final IntFunction<ProcessGraph> versions;
  private ProcessGraph graph;

  private History(IntFunction<ProcessGraph> versions, int version) {
    this.versions = versions;
    this.graph = versions.apply(version);
  }

  /**
   * Reads the steps.
   *
   * @param version the version that the instance is of now
   * @param versions the graph of each
   */
  static List<HistoryView> of(
      List<Recorded> steps, int version, IntFunction<ProcessGraph> versions) {
    int first =
        steps.stream()
            .flatMap(step -> step.events().stream())
            .filter(Event.Migrated.class::isInstance)
            .map(event -> ((Event.Migrated) event).fromVersion())
            .findFirst()
            .orElse(version);
    History history = new History(versions, first);
    for (Recorded step : steps) {
      step.events().forEach(event -> history.add(event, step.at()));
    }
    return history.stays.stream()
        .filter(stay -> !stay.hasRuns)
        .map(
            stay ->
                new HistoryView(
                    stay.element,
                    stay.type,
                    stay.state,
                    stay.since,
                    stay.until,
                    stay.attempt,
                    stay.evaluation == null ? null : Histories.view(stay.evaluation),
                    List.copyOf(stay.failures)))
        .toList();
  }

  private void add(Event event, Instant at) {
    if (event instanceof Event.TokenCreated created) {
      Stay whole = byToken.get(tokenOfScope.get(created.scope()));
      if (created.run() != 0 && whole != null) {
        whole.hasRuns = true;
      }
      begin(created.token(), created.element(), at);
    } else if (event instanceof Event.TokenMoved moved) {
      end(moved.token(), "completed", at);
      begin(moved.token(), moved.element(), at);
    } else if (event instanceof Event.TokenConsumed consumed) {
      end(consumed.token(), "completed", at);
    } else if (event instanceof Event.TokenCancelled cancelled) {
      end(cancelled.token(), cancelled.failed() ? "failed" : "cancelled", at);
    } else if (event instanceof Event.Migrated migrated) {
      migrate(migrated);
    } else if (event instanceof Event.ScopeOpened opened) {
      tokenOfScope.put(opened.scope(), opened.token());
    } else if (event instanceof Event.WaitOpened opened) {
      scopeOfWait.put(opened.opened().id(), opened.opened().scope());
    } else if (event instanceof Event.AttemptOrdered ordered) {
      Stay stay = at(ordered.waitId());
      if (stay != null) {
        stay.attempt = ordered.attempt();
      }
    } else if (event instanceof Event.AttemptFailed failed) {
      fail(at(failed.waitId()), failed.attempt(), at, failed.message(), failed.details());
    } else if (event instanceof Event.IncidentRaised raised) {
      raise(raised.incident(), at);
    } else if (event instanceof Event.DecisionEvaluated decided) {
      Stay stay = byToken.get(tokenOfScope.get(decided.scope()));
      if (stay != null) {
        stay.evaluation = decided.evaluation();
      }
    }
  }

  /** The last attempt at a wait has been noted already; what else fails is noted here. */
  private void raise(Incident incident, Instant at) {
    Stay stay = byToken.get(incident.token());
    if (incident.waitId() == Scope.NONE || stay == null || !hasFailed(stay, incident, at)) {
      fail(stay, incident.attempts(), at, incident.message(), incident.details());
    }
  }

  private static boolean hasFailed(Stay stay, Incident incident, Instant at) {
    return !stay.failures.isEmpty()
        && stay.failures
            .get(stay.failures.size() - 1)
            .equals(
                new FailureView(incident.attempts(), at, incident.message(), incident.details()));
  }

  private static void fail(
      @Nullable Stay stay, int attempt, Instant at, String message, @Nullable String details) {
    if (stay != null) {
      stay.failures.add(new FailureView(attempt, at, message, details));
    }
  }

  /** Where a wait belongs to; null where that is over. */
  private @Nullable Stay at(int wait) {
    return byToken.get(tokenOfScope.get(scopeOfWait.get(wait)));
  }

  /** What stands goes on under its new name; what is over keeps the one that it had. */
  private void migrate(Event.Migrated migrated) {
    graph = versions.apply(migrated.toVersion());
    for (Stay stay : byToken.values()) {
      stay.element = migrated.elements().getOrDefault(stay.element, stay.element);
      stay.type = graph.element(stay.element).node().type();
    }
  }

  private void begin(int token, String element, Instant at) {
    Stay stay = new Stay(graph.element(element), at);
    stays.add(stay);
    byToken.put(token, stay);
  }

  private void end(int token, String how, Instant at) {
    Stay stay = byToken.remove(token);
    if (stay != null) {
      stay.end(how, at);
    }
  }
}
