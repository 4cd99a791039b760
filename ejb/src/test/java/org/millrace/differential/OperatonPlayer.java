package org.millrace.differential;

import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.ProcessEngineConfiguration;
import org.operaton.bpm.engine.externaltask.ExternalTask;
import org.operaton.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.operaton.bpm.engine.impl.util.ClockUtil;
import org.operaton.bpm.engine.management.JobDefinition;
import org.operaton.bpm.engine.runtime.ActivityInstance;
import org.operaton.bpm.engine.runtime.EventSubscription;
import org.operaton.bpm.engine.runtime.Job;
import org.operaton.bpm.engine.runtime.ProcessInstance;
import org.operaton.bpm.engine.task.Task;

/** Operaton's engine in memory, in which nothing happens but what it is told. */
final class OperatonPlayer implements Player {

  private static final ProcessEngine ENGINE = engine();

  private final String deployment;
  private final String instance;

  private static ProcessEngine engine() {
    AtomicLong ids = new AtomicLong();
    StandaloneInMemProcessEngineConfiguration configuration =
        new StandaloneInMemProcessEngineConfiguration();
    configuration.setJdbcUrl("jdbc:h2:mem:operaton;DB_CLOSE_DELAY=-1");
    configuration.setHistory(ProcessEngineConfiguration.HISTORY_NONE);
    configuration.setJobExecutorActivate(false);
    configuration.setEnforceHistoryTimeToLive(false);
    configuration.setCmmnEnabled(false);
    configuration.setDmnEnabled(false);
    configuration.setDmnFeelEnableLegacyBehavior(true);
    configuration.setIdGenerator(() -> Long.toString(ids.incrementAndGet()));
    return configuration.buildProcessEngine();
  }

  OperatonPlayer(String xml, String process, Map<String, Object> variables) {
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

  /** Carries out what it would do by itself a moment later. */
  private void goOn() {
    for (List<Job> jobs = jobs(false); !jobs.isEmpty(); jobs = jobs(false)) {
      ENGINE.getManagementService().executeJob(jobs.get(0).getId());
    }
  }

  @Override
  public List<String> waits() {
    List<String> waits = new ArrayList<>();
    tasks().forEach(task -> waits.add(task.getTaskDefinitionKey()));
    work().forEach(work -> waits.add(work.getActivityId()));
    subscriptions().forEach(subscription -> waits.add(subscription.getActivityId()));
    receivers().forEach(receiver -> waits.add(receiver.getActivityId()));
    jobs(true).forEach(job -> waits.add(definition(job).getActivityId()));
    Collections.sort(waits);
    return waits;
  }

  @Override
  public List<String> answerable(List<String> waits) {
    List<String> conditions =
        subscriptions().stream()
            .filter(subscription -> subscription.getEventType().equals("conditional"))
            .map(EventSubscription::getActivityId)
            .toList();
    return waits.stream().filter(wait -> !conditions.contains(wait)).toList();
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

  private void answerOne(String activity, Map<String, Object> variables) {
    for (Task task : tasks()) {
      if (task.getTaskDefinitionKey().equals(activity)) {
        ENGINE.getTaskService().complete(task.getId(), variables);
        return;
      }
    }
    for (ExternalTask work : work()) {
      if (work.getActivityId().equals(activity)) {
        ENGINE.getExternalTaskService().lock(work.getId(), "oracle", 60_000);
        ENGINE.getExternalTaskService().complete(work.getId(), "oracle", variables);
        return;
      }
    }
    for (EventSubscription subscription : subscriptions()) {
      if (subscription.getActivityId().equals(activity)) {
        receive(subscription, variables);
        return;
      }
    }
    for (ActivityInstance receiver : receivers()) {
      if (receiver.getActivityId().equals(activity)) {
        ENGINE.getRuntimeService().signal(receiver.getExecutionIds()[0], variables);
        return;
      }
    }
    for (Job job : jobs(true)) {
      if (definition(job).getActivityId().equals(activity)) {
        passTo(job.getDuedate());
        ENGINE.getManagementService().executeJob(job.getId());
        return;
      }
    }
    throw new AssertionError("nothing waits at " + activity);
  }

  /** It counts the times of a cycle by the clock. */
  private static void passTo(Date due) {
    ClockUtil.setCurrentTime(Date.from(due.toInstant().plusSeconds(1)));
  }

  private static void receive(EventSubscription subscription, Map<String, Object> variables) {
    String name = subscription.getEventName();
    String execution = subscription.getExecutionId();
    if (subscription.getEventType().equals("signal")) {
      ENGINE.getRuntimeService().signalEventReceived(name, execution, variables);
    } else {
      ENGINE.getRuntimeService().messageEventReceived(name, execution, variables);
    }
  }

  @Override
  public void error(String activity, String code) {
    ExternalTask failing =
        work().stream().filter(work -> work.getActivityId().equals(activity)).findFirst().get();
    ENGINE.getExternalTaskService().lock(failing.getId(), "oracle", 60_000);
    ENGINE.getExternalTaskService().handleBpmnError(failing.getId(), "oracle", code);
    goOn();
  }

  private static <T> List<T> oldestFirst(List<T> some, Function<T, String> id) {
    return some.stream().sorted(comparingLong(one -> Long.parseLong(id.apply(one)))).toList();
  }

  private static List<Task> tasks() {
    return oldestFirst(ENGINE.getTaskService().createTaskQuery().list(), Task::getId);
  }

  private static List<ExternalTask> work() {
    return oldestFirst(
        ENGINE.getExternalTaskService().createExternalTaskQuery().list(), ExternalTask::getId);
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

  /** Receive tasks without a message: nothing but themselves says that they wait. */
  private static List<ActivityInstance> receivers() {
    List<ActivityInstance> receivers = new ArrayList<>();
    for (ProcessInstance one : ENGINE.getRuntimeService().createProcessInstanceQuery().list()) {
      receivers(ENGINE.getRuntimeService().getActivityInstance(one.getId()), receivers);
    }
    List<String> byMessage =
        subscriptions().stream().map(EventSubscription::getActivityId).toList();
    return receivers.stream().filter(one -> !byMessage.contains(one.getActivityId())).toList();
  }

  private static void receivers(ActivityInstance activity, List<ActivityInstance> receivers) {
    if (activity.getActivityType().equals("receiveTask")) {
      receivers.add(activity);
    }
    for (ActivityInstance child : activity.getChildActivityInstances()) {
      receivers(child, receivers);
    }
  }

  /** Timers, or else what is done by itself. */
  private static List<Job> jobs(boolean timers) {
    return oldestFirst(ENGINE.getManagementService().createJobQuery().list(), Job::getId).stream()
        .filter(job -> job.getProcessInstanceId() != null || job.getJobDefinitionId() == null)
        .filter(job -> isTimer(job) == timers)
        .toList();
  }

  private static boolean isTimer(Job job) {
    return job.getJobDefinitionId() != null && definition(job).getJobType().startsWith("timer");
  }

  private static JobDefinition definition(Job job) {
    return ENGINE
        .getManagementService()
        .createJobDefinitionQuery()
        .jobDefinitionId(job.getJobDefinitionId())
        .singleResult();
  }

  @Override
  public void close() {
    ClockUtil.reset();
    ENGINE.getRepositoryService().deleteDeployment(deployment, true);
  }
}
