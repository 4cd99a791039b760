package org.millrace.bench.peer;

import java.sql.SQLException;
import org.flowable.engine.delegate.DelegateExecution;
import org.flowable.engine.delegate.JavaDelegate;
import org.flowable.engine.impl.util.CommandContextUtil;

/** The stages of an order. */
public class FlowableOrder implements JavaDelegate {

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
          CommandContextUtil.getDbSqlSession().getSqlSession().getConnection(),
          activity,
          execution.getProcessInstanceId(),
          execution.getProcessInstanceBusinessKey(),
          (String) execution.getVariable("sku"),
          quantity,
          total);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
