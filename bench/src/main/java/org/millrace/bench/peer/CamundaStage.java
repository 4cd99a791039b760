package org.millrace.bench.peer;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** A stage that reads a variable and writes it; beside others it writes one of its own. */
public class CamundaStage implements JavaDelegate {

  @Override
  public void execute(DelegateExecution execution) {
    boolean fan = execution.getProcessDefinitionId().startsWith("fan");
    execution.setVariable(
        fan ? execution.getCurrentActivityId() : "n", (Long) execution.getVariable("n") + 1);
  }
}
