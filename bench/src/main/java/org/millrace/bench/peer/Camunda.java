package org.millrace.bench.peer;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;

/** Camunda 7, community edition, embedded and tuned. */
public final class Camunda implements Driver.Engine {

  private static final int THREADS = Integer.getInteger("bench.peer.threads", 8);
  private static final int ACQUIRE = 64;

  private final ProcessEngine engine;
  private final DefaultJobExecutor jobs;

  private Camunda(String url) {
    jobs = new DefaultJobExecutor();
    jobs.setCorePoolSize(THREADS);
    jobs.setMaxPoolSize(THREADS);
    jobs.setQueueSize(4 * ACQUIRE);
    jobs.setMaxJobsPerAcquisition(ACQUIRE);
    jobs.setWaitTimeInMillis(10); // Looks again soon: idle time must not count against it.
    jobs.setMaxWait(100);
    jobs.setBackoffTimeInMillis(5);
    jobs.setMaxBackoff(50);
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(Driver.pool(url));
    configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
    configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
    configuration.setJobExecutor(jobs);
    configuration.setJobExecutorActivate(false);
    configuration.setJobExecutorDeploymentAware(false);
    configuration.setHintJobExecutor(true);
    configuration.setMetricsEnabled(false);
    configuration.setTaskMetricsEnabled(false);
    configuration.setJdbcBatchProcessing(true);
    configuration.setEnforceHistoryTimeToLive(false);
    configuration.setDmnFeelEnableLegacyBehavior(true); // No decisions here: no FEEL engine either.
    engine = configuration.buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addClasspathResource("chain-camunda.bpmn")
        .addClasspathResource("fan-camunda.bpmn")
        .addClasspathResource("order-camunda.bpmn")
        .addClasspathResource("wait-camunda.bpmn")
        .deploy();
  }

  /** Serves until its input ends. */
  public static void main(String[] args) throws Exception {
    Driver.serve(new Camunda(args[0]));
  }

  @Override
  public String settings() {
    return "Camunda 7, %s, embedded, history full, %d job threads, %d jobs per acquisition, waits 10 to 100 ms, hints, batches, metrics off, jobs exclusive in fan alone, HikariCP"
        .formatted(ProcessEngine.class.getPackage().getImplementationVersion(), THREADS, ACQUIRE);
  }

  @Override
  public void work() {
    jobs.start();
  }

  @Override
  public void rest() {
    jobs.shutdown();
  }

  @Override
  public void start(String process, String businessKey) {
    engine
        .getRuntimeService()
        .startProcessInstanceByKey(process, businessKey, Driver.variables(process));
  }

  @Override
  public void send(String message, String businessKey) {
    engine
        .getRuntimeService()
        .createMessageCorrelation(message)
        .processInstanceBusinessKey(businessKey)
        .correlate();
  }
}
