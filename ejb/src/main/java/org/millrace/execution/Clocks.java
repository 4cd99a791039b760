package org.millrace.execution;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** The engine's clock. Tests bring their own. */
@Dependent
public class Clocks {

  @Produces
  public Clock clock() {
    return Clock.systemUTC();
  }
}
