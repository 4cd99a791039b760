package org.millrace.operation;

import static org.millrace.api.operation.Roles.OPERATOR;
import static org.millrace.api.operation.Roles.VIEWER;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.millrace.api.operation.InstanceQuery;
import org.millrace.api.operation.InstanceSummary;
import org.millrace.api.operation.InstanceView;
import org.millrace.api.operation.Instances;
import org.millrace.api.operation.Page;
import org.millrace.api.operation.Refusal;
import org.millrace.api.operation.StartRequest;
import org.millrace.api.operation.Trigger;
import org.millrace.api.operation.WaitView;
import org.millrace.execution.Overview;
import org.millrace.execution.Starts;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.state.Wait;

/** Runs of processes, for people. */
@Stateless
@Local(Instances.class)
public class InstanceOperations implements Instances {

  @Inject private Starts starts;
  @Inject private Overview overview;
  @Inject private Commands commands;
  @Inject private Views views;

  @Override
  @RolesAllowed(OPERATOR)
  public String start(StartRequest request) {
    return starts.start(request, null, false);
  }

  @Override
  @RolesAllowed(VIEWER)
  public Page<InstanceSummary> find(InstanceQuery query) {
    String variable = query.variable();
    if (variable != null && variable.indexOf(':') < 1) {
      throw new Refusal(Refusal.Kind.INVALID, "A variable is searched as name:value");
    }
    return overview.instances(query);
  }

  @Override
  @RolesAllowed(VIEWER)
  public InstanceView get(String id) {
    return views.of(commands.require(id));
  }

  @Override
  @RolesAllowed(VIEWER)
  public List<WaitView> waits(String id) {
    return Views.waits(commands.require(id));
  }

  @Override
  @RolesAllowed(VIEWER)
  public List<String> called(String id) {
    commands.require(id);
    return List.of();
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
}
