package org.millrace.operation;

import static org.millrace.api.operation.Roles.USER;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Page;
import org.millrace.api.operation.Refusal;
import org.millrace.api.operation.TaskView;
import org.millrace.api.operation.Tasks;
import org.millrace.execution.Engine;
import org.millrace.execution.Graphs;
import org.millrace.execution.Ids;
import org.millrace.execution.Instance;
import org.millrace.execution.Keys;
import org.millrace.execution.Overview;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.state.Wait;

/** Human tasks, for those who do them. */
@Stateless
@Local(Tasks.class)
@RolesAllowed(USER)
public class TaskOperations implements Tasks {

  @Resource private SessionContext context;
  @Inject private Overview overview;
  @Inject private Engine engine;
  @Inject private Graphs graphs;
  @Inject private Commands commands;

  @Override
  public Page<TaskView> find(@Nullable String user, @Nullable String group, int from, int size) {
    Keys.requireText("user", user);
    Keys.requireText("group", group);
    Commands.requirePart(from, size);
    Page<Overview.TaskRow> rows = overview.tasks(user, group, from, size);
    Map<String, Instance> instances =
        engine.readAll(rows.items().stream().map(Overview.TaskRow::instanceId).distinct().toList());
    List<TaskView> tasks = new ArrayList<>();
    for (Overview.TaskRow row : rows.items()) {
      Instance instance = instances.get(row.instanceId());
      TaskView view =
          instance == null ? null : view(instance, instance.state().findWait(row.waitId()));
      if (view != null) {
        tasks.add(view);
      }
    }
    return new Page<>(rows.total(), tasks);
  }

  @Override
  public TaskView get(String id) {
    Ids task = Commands.parse("task", id);
    Instance instance = commands.require("task", id, task);
    TaskView view = view(instance, instance.state().findWait(task.number()));
    if (view == null) {
      throw Commands.notFound("open task", id);
    }
    return view;
  }

  private @Nullable TaskView view(Instance instance, @Nullable Wait wait) {
    if (wait == null || wait.kind() != Wait.Kind.TASK) {
      return null;
    }
    Instant since = instance.state().token(instance.state().scope(wait.scope()).token()).since();
    return new TaskView(
        Ids.of(instance.id(), wait.id()),
        instance.id(),
        instance.process(),
        instance.state().businessKey(),
        wait.element(),
        graphs.get(instance.process(), instance.version()).element(wait.element()).node().label(),
        wait.assignee(),
        wait.users(),
        wait.groups(),
        since,
        instance.state().visibleFrom(wait.scope()));
  }

  @Override
  public void claim(String id) {
    Ids task = claimable(id);
    commands.execute(task.instanceId(), new Command.Claim(task.number(), caller()));
  }

  @Override
  public void complete(String id, Map<String, Object> variables) {
    Ids task = claimable(id);
    commands.execute(task.instanceId(), new Command.Claim(task.number(), caller()));
    commands.execute(task.instanceId(), new Command.Complete(task.number(), 0, variables));
  }

  private Ids claimable(String id) {
    Wait wait = commands.requireWait(id);
    if (wait.kind() != Wait.Kind.TASK) {
      throw Commands.notFound("open task", id);
    }
    boolean offered =
        wait.assignee() != null // By whom, is for the kernel to see, under the lock.
            || (wait.users().isEmpty() && wait.groups().isEmpty())
            || wait.users().contains(caller())
            || wait.groups().stream().anyMatch(context::isCallerInRole);
    if (!offered) {
      throw new Refusal(
          Refusal.Kind.FORBIDDEN,
          "task %s is offered to the users %s and the groups %s only"
              .formatted(id, wait.users(), wait.groups()));
    }
    return Commands.parse("task", id);
  }

  private String caller() {
    return context.getCallerPrincipal().getName();
  }
}
