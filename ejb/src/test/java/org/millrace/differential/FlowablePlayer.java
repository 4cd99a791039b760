package org.millrace.differential;

import static java.util.Comparator.comparingLong;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.ReceiveTask;
import org.flowable.engine.ManagementService;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.flowable.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.flowable.engine.impl.persistence.entity.ExecutionEntity;
import org.flowable.engine.runtime.Execution;
import org.flowable.engine.runtime.ExternalWorkerCompletionBuilder;
import org.flowable.eventsubscription.api.EventSubscription;
import org.flowable.job.api.ExternalWorkerJob;
import org.flowable.job.api.Job;
import org.flowable.job.service.impl.persistence.entity.ExternalWorkerJobEntity;
import org.flowable.task.api.Task;

/** Flowable's engine in memory, in which nothing happens but what it is told. */
final class FlowablePlayer implements Player {

  private static final ProcessEngine ENGINE = engine();

  private final String deployment;
  private final String instance;

  private static ProcessEngine engine() {
    AtomicLong ids = new AtomicLong();
    StandaloneInMemProcessEngineConfiguration configuration =
        new StandaloneInMemProcessEngineConfiguration();
    configuration.setJdbcUrl("jdbc:h2:mem:flowable;DB_CLOSE_DELAY=-1");
    configuration.setHistory("none");
    configuration.setAsyncExecutorActivate(false);
    configuration.setIdGenerator(() -> Long.toString(ids.incrementAndGet()));
    return configuration.buildProcessEngine();
  }

  FlowablePlayer(String xml, String process, Map<String, Object> variables) {
    deployment =
        ENGINE
            .getRepositoryService()
            .createDeployment()
            .addString("model.bpmn", xml)
            .deploy()
            .getId();
    try {
      instance = ENGINE.getRuntimeService().startProcessInstanceByKey(process, variables).getId();
      goOn();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static ManagementService management() {
    return ENGINE.getManagementService();
  }

  /** Carries out what it would do by itself a moment later. */
  private static void goOn() {
    for (List<Job> jobs = due(); !jobs.isEmpty(); jobs = due()) {
      management().executeJob(jobs.get(0).getId());
    }
  }

  private static List<Job> due() {
    return oldestFirst(management().createJobQuery().list(), Job::getId);
  }

  @Override
  public List<String> waits() {
    List<String> waits = new ArrayList<>();
    tasks().forEach(task -> waits.add(task.getTaskDefinitionKey()));
    work().forEach(work -> waits.add(work.getElementId()));
    subscriptions().forEach(subscription -> waits.add(subscription.getActivityId()));
    receivers().forEach(receiver -> waits.add(receiver.getActivityId()));
    timers().forEach(timer -> waits.add(timer.getElementId()));
    Collections.sort(waits);
    return waits;
  }

  @Override
  public List<String> answerable(List<String> waits) {
    return waits;
  }

  @Override
  public void set(Map<String, Object> variables) {
    ENGINE.getRuntimeService().setVariables(instance, variables);
    goOn();
  }

  @Override
  public boolean hasEnded() {
    return ENGINE
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceId(instance)
            .count()
        == 0;
  }

  @Override
  public void answer(String activity, Map<String, Object> variables) {
    answerOne(activity, variables);
    goOn();
  }

  private static void answerOne(String activity, Map<String, Object> variables) {
    for (Task task : tasks()) {
      if (task.getTaskDefinitionKey().equals(activity)) {
        ENGINE.getTaskService().complete(task.getId(), variables);
        return;
      }
    }
    for (ExternalWorkerJob work : work()) {
      if (work.getElementId().equals(activity)) {
        taken(work).variables(variables).complete();
        return;
      }
    }
    for (EventSubscription subscription : subscriptions()) {
      if (subscription.getActivityId().equals(activity)) {
        String name = subscription.getEventName();
        String execution = subscription.getExecutionId();
        if (subscription.getEventType().equals("signal")) {
          ENGINE.getRuntimeService().signalEventReceived(name, execution, variables);
        } else {
          ENGINE.getRuntimeService().messageEventReceived(name, execution, variables);
        }
        return;
      }
    }
    for (Execution receiver : receivers()) {
      if (receiver.getActivityId().equals(activity)) {
        ENGINE.getRuntimeService().trigger(receiver.getId(), variables);
        return;
      }
    }
    for (Job timer : timers()) {
      if (timer.getElementId().equals(activity)) {
        management().executeJob(management().moveTimerToExecutableJob(timer.getId()).getId());
        return;
      }
    }
    throw new AssertionError("nothing waits at " + activity);
  }

  /** Taken straight: a worker gets work of an instance only when it is done with the last. */
  private static ExternalWorkerCompletionBuilder taken(ExternalWorkerJob work) {
    management()
        .executeCommand(
            context -> {
              ExternalWorkerJobEntity entity =
                  ((ProcessEngineConfigurationImpl) ENGINE.getProcessEngineConfiguration())
                      .getJobServiceConfiguration()
                      .getExternalWorkerJobEntityManager()
                      .findById(work.getId());
              entity.setLockOwner("oracle");
              entity.setLockExpirationTime(Date.from(Instant.now().plus(Duration.ofDays(1))));
              return entity;
            });
    return management().createExternalWorkerCompletionBuilder(work.getId(), "oracle");
  }

  @Override
  public void error(String activity, String code) {
    ExternalWorkerJob failing =
        work().stream().filter(work -> work.getElementId().equals(activity)).findFirst().get();
    taken(failing).bpmnError(code);
    goOn();
  }

  private static <T> List<T> oldestFirst(List<? extends T> some, Function<T, String> id) {
    return some.stream()
        .<T>map(one -> one)
        .sorted(comparingLong(one -> Long.parseLong(id.apply(one))))
        .toList();
  }

  private static List<Task> tasks() {
    return oldestFirst(ENGINE.getTaskService().createTaskQuery().list(), Task::getId);
  }

  private static List<ExternalWorkerJob> work() {
    return oldestFirst(
        management().createExternalWorkerJobQuery().list(), ExternalWorkerJob::getId);
  }

  private static List<Job> timers() {
    return oldestFirst(management().createTimerJobQuery().list(), Job::getId).stream()
        .filter(timer -> timer.getProcessInstanceId() != null)
        .toList();
  }

  /** Those that a running instance has; a compensation is no wait. */
  private static List<EventSubscription> subscriptions() {
    return oldestFirst(
            ENGINE.getRuntimeService().createEventSubscriptionQuery().list(),
            EventSubscription::getId)
        .stream()
        .filter(subscription -> subscription.getProcessInstanceId() != null)
        .filter(subscription -> !subscription.getEventType().equals("compensate"))
        .toList();
  }

  /** Receive tasks: no message tells them apart, they are called by hand. */
  private static List<Execution> receivers() {
    return oldestFirst(ENGINE.getRuntimeService().createExecutionQuery().list(), Execution::getId)
        .stream()
        .filter(one -> one.getActivityId() != null)
        .filter(one -> one instanceof ExecutionEntity entity && entity.isActive())
        .filter(one -> element((ExecutionEntity) one) instanceof ReceiveTask)
        .toList();
  }

  private static FlowElement element(ExecutionEntity execution) {
    return ENGINE
        .getRepositoryService()
        .getBpmnModel(execution.getProcessDefinitionId())
        .getFlowElement(execution.getActivityId());
  }

  @Override
  public void close() {
    ENGINE.getRepositoryService().deleteDeployment(deployment, true);
  }
}
