package org.millrace.bench.peer;

import org.operaton.bpm.engine.delegate.DelegateExecution;
import org.operaton.bpm.engine.delegate.JavaDelegate;

/** A stage that reads a variable and writes it; beside others it writes one of its own. */
public class OperatonStage implements JavaDelegate {

  @Override
  public void execute(DelegateExecution execution) {
    boolean fan = execution.getProcessDefinitionId().startsWith("fan");
    execution.setVariable(
        fan ? execution.getCurrentActivityId() : "n", (Long) execution.getVariable("n") + 1);
  }
}
