package org.millrace.differential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.ProcessEngineConfiguration;
import org.operaton.bpm.engine.externaltask.ExternalTask;
import org.operaton.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.operaton.bpm.engine.runtime.EventSubscription;
import org.operaton.bpm.engine.runtime.Job;
import org.operaton.bpm.engine.task.Task;

/** Operaton's engine in memory, in which nothing happens but what it is told. */
final class Oracle implements Player {

  private static final ProcessEngine ENGINE = engine();

  private final String deployment;
  private final String instance;

  private static ProcessEngine engine() {
    StandaloneInMemProcessEngineConfiguration configuration =
        new StandaloneInMemProcessEngineConfiguration();
    configuration.setJdbcUrl("jdbc:h2:mem:oracle;DB_CLOSE_DELAY=-1");
    configuration.setHistory(ProcessEngineConfiguration.HISTORY_NONE);
    configuration.setJobExecutorActivate(false);
    configuration.setEnforceHistoryTimeToLive(false);
    configuration.setCmmnEnabled(false);
    configuration.setDmnEnabled(false);
    configuration.setDmnFeelEnableLegacyBehavior(true);
    return configuration.buildProcessEngine();
  }

  Oracle(String xml, String process, Map<String, Object> variables) {
    deployment =
        ENGINE
            .getRepositoryService()
            .createDeployment()
            .addString("model.bpmn", xml)
            .deploy()
            .getId();
    instance = ENGINE.getRuntimeService().startProcessInstanceByKey(process, variables).getId();
  }

  @Override
  public List<String> waits() {
    List<String> waits = new ArrayList<>();
    for (Task task : tasks()) {
      waits.add(task.getTaskDefinitionKey());
    }
    ENGINE
        .getExternalTaskService()
        .createExternalTaskQuery()
        .processInstanceId(instance)
        .list()
        .forEach(task -> waits.add(task.getActivityId()));
    for (EventSubscription subscription : subscriptions()) {
      waits.add(subscription.getActivityId());
    }
    for (Job job : jobs()) {
      waits.add(activity(job));
    }
    Collections.sort(waits);
    return waits;
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
    for (Task task : tasks()) {
      if (task.getTaskDefinitionKey().equals(activity)) {
        ENGINE.getTaskService().complete(task.getId(), variables);
        return;
      }
    }
    String work = lock(activity);
    if (work != null) {
      ENGINE.getExternalTaskService().complete(work, "oracle", variables);
      return;
    }
    for (EventSubscription subscription : subscriptions()) {
      if (subscription.getActivityId().equals(activity)) {
        if (subscription.getEventType().equals("signal")) {
          ENGINE
              .getRuntimeService()
              .signalEventReceived(
                  subscription.getEventName(), subscription.getExecutionId(), variables);
        } else {
          ENGINE
              .getRuntimeService()
              .messageEventReceived(
                  subscription.getEventName(), subscription.getExecutionId(), variables);
        }
        return;
      }
    }
    for (Job job : jobs()) {
      if (activity(job).equals(activity)) {
        ENGINE.getManagementService().executeJob(job.getId());
        return;
      }
    }
    throw new AssertionError("nothing waits at " + activity);
  }

  @Override
  public void error(String activity, String code) {
    String work = lock(activity);
    ENGINE.getExternalTaskService().handleBpmnError(work, "oracle", code);
  }

  private List<Task> tasks() {
    return ENGINE.getTaskService().createTaskQuery().processInstanceId(instance).list();
  }

  private String lock(String activity) {
    ExternalTask task =
        ENGINE
            .getExternalTaskService()
            .createExternalTaskQuery()
            .processInstanceId(instance)
            .activityId(activity)
            .list()
            .stream()
            .findFirst()
            .orElse(null);
    if (task == null) {
      return null;
    }
    ENGINE.getExternalTaskService().lock(task.getId(), "oracle", 60_000);
    return task.getId();
  }

  private List<EventSubscription> subscriptions() {
    return ENGINE
        .getRuntimeService()
        .createEventSubscriptionQuery()
        .processInstanceId(instance)
        .list()
        .stream()
        .filter(subscription -> !subscription.getEventType().equals("compensate"))
        .toList();
  }

  private List<Job> jobs() {
    return ENGINE.getManagementService().createJobQuery().processInstanceId(instance).list();
  }

  private static String activity(Job job) {
    return ENGINE
        .getManagementService()
        .createJobDefinitionQuery()
        .jobDefinitionId(job.getJobDefinitionId())
        .singleResult()
        .getActivityId();
  }

  @Override
  public void close() {
    ENGINE.getRepositoryService().deleteDeployment(deployment, true);
  }
}
