package org.millrace.observability;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What each stage has done since the server started. Safe for use by many threads. */
@Singleton
public class StageMetrics {

  private final Map<String, StageMeter> meters = new ConcurrentHashMap<>();

  /** The meter of a stage; made when it is first asked for. */
  public StageMeter of(String stage) {
    return meters.computeIfAbsent(stage, name -> new StageMeter(name, System::nanoTime));
  }
}
