package org.millrace.bench.peer;

import java.time.Duration;
import org.flowable.common.engine.impl.async.AsyncTaskExecutorConfiguration;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.ProcessEngineConfiguration;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flowable.engine.runtime.Execution;
import org.flowable.job.service.impl.asyncexecutor.AsyncExecutor;
import org.flowable.job.service.impl.asyncexecutor.AsyncJobExecutorConfiguration;

/** Flowable, embedded and tuned: its global lock lets one acquire many jobs at once. */
public final class Flowable implements Driver.Engine {

  private static final int THREADS = Integer.getInteger("bench.peer.threads", 8);
  private static final int ACQUIRE = 512;

  private final ProcessEngine engine;
  private final AsyncExecutor jobs;

  private Flowable(String url) {
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(Driver.pool(url));
    configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
    configuration.setHistoryLevel(HistoryLevel.FULL);
    configuration.setAsyncExecutorActivate(false);
    AsyncTaskExecutorConfiguration threads = new AsyncTaskExecutorConfiguration();
    threads.setCorePoolSize(THREADS);
    threads.setMaxPoolSize(THREADS);
    threads.setQueueSize(2 * ACQUIRE);
    configuration.setAsyncExecutorTaskExecutorConfiguration(threads);
    AsyncJobExecutorConfiguration acquisition = new AsyncJobExecutorConfiguration();
    acquisition.setGlobalAcquireLockEnabled(true);
    acquisition.setMaxAsyncJobsDuePerAcquisition(ACQUIRE);
    acquisition.setDefaultAsyncJobAcquireWaitTime(Duration.ofMillis(10));
    acquisition.setDefaultQueueSizeFullWaitTime(Duration.ofMillis(10));
    configuration.setAsyncExecutorConfiguration(acquisition);
    engine = configuration.buildProcessEngine();
    jobs = configuration.getAsyncExecutor();
    engine
        .getRepositoryService()
        .createDeployment()
        .addClasspathResource("chain-flowable.bpmn")
        .addClasspathResource("fan-flowable.bpmn")
        .addClasspathResource("order-flowable.bpmn")
        .addClasspathResource("wait-flowable.bpmn")
        .deploy();
  }

  /** Serves until its input ends. */
  public static void main(String[] args) throws Exception {
    Driver.serve(new Flowable(args[0]));
  }

  @Override
  public String settings() {
    return "Flowable %s embedded, history full, %d job threads, %d jobs per acquisition under the global lock, waits 10 ms, jobs exclusive in fan alone, HikariCP"
        .formatted(ProcessEngine.VERSION, THREADS, ACQUIRE);
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
    Execution waiting =
        engine
            .getRuntimeService()
            .createExecutionQuery()
            .messageEventSubscriptionName(message)
            .processInstanceBusinessKey(businessKey, true)
            .singleResult();
    engine.getRuntimeService().messageEventReceived(message, waiting.getId());
  }
}
