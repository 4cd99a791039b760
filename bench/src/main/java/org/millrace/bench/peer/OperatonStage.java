package org.millrace.bench.peer;

import org.operaton.bpm.engine.delegate.DelegateExecution;
import org.operaton.bpm.engine.delegate.JavaDelegate;

/** A stage that reads a variable and writes it. */
public class OperatonStage implements JavaDelegate {

  @Override
  public void execute(DelegateExecution execution) {
    execution.setVariable("n", (Long) execution.getVariable("n") + 1);
  }
}
