package org.millrace.bench.server;

import org.millrace.api.StageContext;
import org.millrace.api.StageListener;
import org.millrace.api.StageResult;

/** A stage beside others: reads the variable of all, and writes one of its own. */
public class FanStage extends StageListener {

  @Override
  protected StageResult handle(StageContext context) {
    return StageResult.done().with(context.activity(), context.variable("n", Long.class) + 1);
  }
}
