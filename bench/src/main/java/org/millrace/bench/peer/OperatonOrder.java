package org.millrace.bench.peer;

import java.sql.SQLException;
import org.operaton.bpm.engine.delegate.DelegateExecution;
import org.operaton.bpm.engine.delegate.JavaDelegate;
import org.operaton.bpm.engine.impl.context.Context;
import org.operaton.bpm.engine.impl.db.sql.DbSqlSession;

/** The stages of an order. */
public class OperatonOrder implements JavaDelegate {

  @Override
  public void execute(DelegateExecution execution) {
    String activity = execution.getCurrentActivityId();
    long quantity = (Long) execution.getVariable("quantity");
    long total = quantity * (Long) execution.getVariable("price");
    if (activity.equals("check-order")) {
      execution.setVariable("total", total);
    }
    try {
      OrderWork.perform(
          Context.getCommandContext()
              .getSession(DbSqlSession.class)
              .getSqlSession()
              .getConnection(),
          activity,
          execution.getProcessInstanceId(),
          execution.getProcessBusinessKey(),
          (String) execution.getVariable("sku"),
          quantity,
          total);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
