package org.millrace.operation;

import static java.util.Objects.requireNonNull;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.IncidentView;
import org.millrace.api.operation.InstanceView;
import org.millrace.api.operation.InstanceView.CallerView;
import org.millrace.api.operation.InstanceView.TokenView;
import org.millrace.api.operation.WaitView;
import org.millrace.execution.Histories;
import org.millrace.execution.Ids;
import org.millrace.execution.Instance;
import org.millrace.kernel.state.Incident;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Wait;

/** An instance as people see it. */
@Singleton
public class Views {

  private final Histories histories;
  private final Family family;

  @Inject
  public Views(Histories histories, Family family) {
    this.histories = histories;
    this.family = family;
  }

  InstanceView of(Instance instance) {
    InstanceState state = instance.state();
    return new InstanceView(
        instance.id(),
        instance.process(),
        instance.version(),
        state.businessKey(),
        state.status().word(),
        requireNonNull(state.startedAt()),
        state.endedAt(),
        state.variables(),
        tokens(state),
        waits(instance),
        histories.of(instance),
        state.incidents().stream().map(incident -> incident(instance, incident)).toList(),
        instance.caller() == null
            ? null
            : new CallerView(instance.caller().instanceId(), instance.caller().activity()),
        family.views(instance.id()));
  }

  /** Where it stands: a sub-process is where its own tokens are. */
  private static List<TokenView> tokens(InstanceState state) {
    return state.resting().stream()
        .map(token -> new TokenView(token.element(), token.since()))
        .toList();
  }

  /** What it waits for, and what those wait for that it called. */
  List<WaitView> waits(Instance instance) {
    return family.running(instance).stream()
        .flatMap(one -> waits(one.id(), one.state()).stream())
        .toList();
  }

  /** A call is shown by what the called instance waits for. */
  static List<WaitView> waits(String instanceId, InstanceState state) {
    return state.waits().stream()
        .filter(wait -> wait.kind() != Wait.Kind.CALL)
        .map(wait -> wait(instanceId, wait))
        .toList();
  }

  private static WaitView wait(String instanceId, Wait wait) {
    String id = Ids.of(instanceId, wait.id());
    return new WaitView(
        id,
        instanceId,
        wait.element(),
        wait.kind().word(),
        wait.name(),
        wait.due(),
        wait.kind() == Wait.Kind.WORK ? id : null);
  }

  private static IncidentView incident(Instance instance, Incident incident) {
    InstanceState state = instance.state();
    Wait wait = state.findWait(incident.waitId());
    return new IncidentView(
        Ids.of(instance.id(), incident.id()),
        instance.id(),
        instance.process(),
        wait == null ? state.token(incident.token()).element() : wait.element(),
        stage(wait),
        incident.message(),
        incident.details(),
        incident.attempts(),
        incident.since());
  }

  private static @Nullable String stage(@Nullable Wait wait) {
    return wait != null && wait.kind() == Wait.Kind.WORK ? wait.name() : null;
  }
}
