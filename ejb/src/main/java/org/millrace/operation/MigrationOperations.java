package org.millrace.operation;

import static org.millrace.api.operation.Roles.OPERATOR;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Migrations;
import org.millrace.api.operation.Preview;
import org.millrace.api.operation.Preview.Misfit;
import org.millrace.api.operation.Refusal;
import org.millrace.execution.Instance;
import org.millrace.execution.InstanceStore.Running;
import org.millrace.execution.Keys;
import org.millrace.kernel.Decision.Accepted;
import org.millrace.kernel.state.Token;

/** Instances that go on in another version, for people. */
@Stateless
@Local(Migrations.class)
public class MigrationOperations implements Migrations {

  @Resource private SessionContext context;
  @Inject private org.millrace.execution.Migrations migrations;
  @Inject private Commands commands;

  @Override
  @RolesAllowed(OPERATOR)
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void migrate(String instanceId, Target target) {
    Instance before = commands.requireSettled(instanceId);
    Commands.accepted(migrations.migrate(before, target.version(), target.mapping()));
  }

  @Override
  @RolesAllowed(OPERATOR)
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public Preview preview(String instanceId, Target target) {
    Instance before = commands.require(instanceId);
    List<Misfit> misfits =
        Previews.misfits(migrations.misfits(before, target.version(), target.mapping()));
    if (!misfits.isEmpty()) {
      return Previews.of(before, misfits);
    }
    Accepted accepted =
        Commands.accepted(migrations.decide(before, target.version(), target.mapping()));
    return Previews.of(before, accepted);
  }

  @Override
  @RolesAllowed(OPERATOR)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public Outcome migrateAll(String process, int from, Target target, boolean dryRun) {
    Keys.requireText("process", process);
    // Through the container, so that each is a transaction of its own.
    Migrations each = context.getBusinessObject(Migrations.class);
    List<Fitting> fitting = new ArrayList<>();
    List<Failure> failed = new ArrayList<>();
    for (Running instance : migrations.running(process, from)) {
      List<Misfit> problems = problems(each, instance.id(), target, dryRun);
      if (problems.isEmpty()) {
        fitting.add(new Fitting(instance.id(), instance.businessKey()));
      } else {
        failed.add(new Failure(instance.id(), instance.businessKey(), problems));
      }
    }
    return new Outcome(fitting.size(), fitting, failed);
  }

  @Override
  @RolesAllowed(OPERATOR)
  public Plan plan(String process, int from, int to, @Nullable String instanceId) {
    Keys.requireText("process", process);
    List<List<String>> standing =
        instanceId == null
            ? migrations.running(process, from).stream().map(Running::activities).toList()
            : List.of(
                commands.require(instanceId).state().resting().stream()
                    .map(Token::element)
                    .toList());
    return migrations.plan(process, from, to, standing);
  }

  private static List<Misfit> problems(
      Migrations each, String instance, Target target, boolean dryRun) {
    try {
      List<Misfit> problems = each.preview(instance, target).problems();
      if (problems.isEmpty() && !dryRun) {
        each.migrate(instance, target);
      }
      return problems;
    } catch (Refusal refusal) {
      // It has ended or gone on meanwhile; or the version is not there, which is then so for all.
      return List.of(new Misfit("", String.valueOf(refusal.getMessage())));
    }
  }
}
