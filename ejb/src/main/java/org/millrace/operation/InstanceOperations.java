package org.millrace.operation;

import static org.millrace.api.operation.Roles.OPERATOR;
import static org.millrace.api.operation.Roles.VIEWER;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.millrace.api.operation.InstanceQuery;
import org.millrace.api.operation.InstanceSummary;
import org.millrace.api.operation.InstanceView;
import org.millrace.api.operation.Instances;
import org.millrace.api.operation.Modification;
import org.millrace.api.operation.Page;
import org.millrace.api.operation.Preview;
import org.millrace.api.operation.Refusal;
import org.millrace.api.operation.StartRequest;
import org.millrace.api.operation.Trigger;
import org.millrace.api.operation.WaitView;
import org.millrace.execution.Dispatcher;
import org.millrace.execution.Hierarchy.Called;
import org.millrace.execution.Keys;
import org.millrace.execution.Overview;
import org.millrace.execution.Starts;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Wait;

/** Runs of processes, for people. */
@Stateless
@Local(Instances.class)
public class InstanceOperations implements Instances {

  private static final List<String> STATES =
      Arrays.stream(Status.values()).map(Status::word).toList();

  @Inject private Starts starts;
  @Inject private Overview overview;
  @Inject private Commands commands;
  @Inject private Views views;
  @Inject private Family family;
  @Inject private Dispatcher dispatcher;

  @Override
  @RolesAllowed(OPERATOR)
  public String start(StartRequest request) {
    dispatcher.settleDeployments();
    return starts.start(request, null, false);
  }

  @Override
  @RolesAllowed(VIEWER)
  public Page<InstanceSummary> find(InstanceQuery query) {
    check(query);
    return overview.instances(query);
  }

  /** Refuses what no instance can be found by. */
  static void check(InstanceQuery query) {
    Keys.requireText("process", query.process());
    Keys.requireText("businessKey", query.businessKey());
    Keys.requireText("activity", query.activity());
    Keys.requireText("variable", query.variable());
    if (query.state() != null && !STATES.contains(query.state())) {
      throw invalid("state: must be one of " + String.join(", ", STATES));
    }
    if (query.variable() != null && query.variable().indexOf(':') < 1) {
      throw invalid("variable: must be name:value");
    }
    Commands.requirePart(query.from(), query.size());
  }

  private static Refusal invalid(String reason) {
    return new Refusal(Refusal.Kind.INVALID, reason);
  }

  @Override
  @RolesAllowed(VIEWER)
  public InstanceView get(String id) {
    return views.of(commands.require(id));
  }

  @Override
  @RolesAllowed(VIEWER)
  public List<WaitView> waits(String id) {
    return views.waits(commands.require(id));
  }

  @Override
  @RolesAllowed(VIEWER)
  public List<String> called(String id) {
    return family.called(commands.require(id).id()).stream().map(Called::id).toList();
  }

  @Override
  @RolesAllowed(OPERATOR)
  public void trigger(String waitId, Trigger trigger) {
    Wait wait = commands.requireWait(waitId);
    commands.execute(Commands.parse("wait", waitId).instanceId(), Answers.command(wait, trigger));
  }

  @Override
  @RolesAllowed(OPERATOR)
  public void cancel(String id) {
    commands.execute(id, new Command.Cancel());
  }

  @Override
  @RolesAllowed(OPERATOR)
  public void suspend(String id) {
    commands.execute(id, new Command.Suspend());
  }

  @Override
  @RolesAllowed(OPERATOR)
  public void resume(String id) {
    commands.execute(id, new Command.Resume());
  }

  @Override
  @RolesAllowed(OPERATOR)
  public void setVariables(String id, Map<String, Object> variables) {
    commands.execute(id, new Command.SetVariables(variables));
  }

  @Override
  @RolesAllowed(OPERATOR)
  public void modify(String id, Modification modification) {
    commands.execute(id, command(modification));
  }

  @Override
  @RolesAllowed(OPERATOR)
  public Preview previewModification(String id, Modification modification) {
    return commands.preview(id, command(modification));
  }

  private static Command command(Modification modification) {
    return new Command.Modify(
        modification.cancel(), modification.startBefore(), modification.variables());
  }
}
