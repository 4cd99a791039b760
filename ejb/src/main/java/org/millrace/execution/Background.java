package org.millrace.execution;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the engine looks at again later, it looks at here, on threads of the container's making.
 *
 * <p>The container's own executor of this kind refuses whatever falls due while the server is
 * suspended, as it is during each stop: with an error in the log, and for good if it was to be done
 * once.
 */
@ApplicationScoped
public class Background {

  /** The housekeeper may take a while; nobody else has to wait for it. */
  private static final int THREADS = 2;

  @Resource private ManagedThreadFactory threads;

  @Produces
  @ApplicationScoped
  ScheduledExecutorService executor() {
    return Executors.newScheduledThreadPool(THREADS, threads);
  }

  void end(@Disposes ScheduledExecutorService executor) {
    executor.shutdownNow();
  }
}
