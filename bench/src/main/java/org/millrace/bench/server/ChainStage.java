package org.millrace.bench.server;

import org.millrace.api.StageContext;
import org.millrace.api.StageListener;
import org.millrace.api.StageResult;

/** A stage that reads a variable and writes it; ejb-jar.xml makes a bean of it for each queue. */
public class ChainStage extends StageListener {

  @Override
  protected StageResult handle(StageContext context) {
    return StageResult.done().with("n", context.variable("n", Long.class) + 1);
  }
}
