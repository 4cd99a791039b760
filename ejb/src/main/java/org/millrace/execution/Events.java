package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.millrace.api.operation.EventRequest;
import org.millrace.api.operation.EventResult;
import org.millrace.api.operation.Refusal;
import org.millrace.execution.WaitStore.Addressed;

/** Takes messages from outside, each request once. */
@Singleton
public class Events {

  private static final String QUEUE = "event";

  private final Correlation correlation;
  private final RequestStore requests;
  private final Engine engine;
  private final Upkeep upkeep;

  @Inject
  public Events(Correlation correlation, RequestStore requests, Engine engine, Upkeep upkeep) {
    this.correlation = correlation;
    this.requests = requests;
    this.engine = engine;
    this.upkeep = upkeep;
  }

  /**
   * Prepares for many messages in one transaction: their instances are found and locked at once.
   * Within {@link Engine#together}.
   */
  public void expect(List<Addressed> messages) {
    correlation.expect(messages);
  }

  /** Whether somebody waits for such a message. */
  public boolean isAwaited(Addressed message) {
    return correlation.isAwaited(message);
  }

  /**
   * Brings a message to whom it concerns; a request id accepted before is answered like the first.
   *
   * @throws Refusal INVALID if an expression behind the wait cannot be evaluated with it
   */
  public EventResult send(EventRequest event) {
    Keys.require("message", event.message());
    Keys.require("businessKey", event.businessKey());
    Keys.requireInstance(event.instanceId());
    Keys.require("correlationKey", event.correlationKey());
    Keys.require("requestId", event.requestId());
    if (event.requestId() == null) {
      return correlation.deliver(event);
    }
    String first = requests.claim(QUEUE, event.message(), event.requestId(), "", engine.now());
    if (first != null) {
      return read(first);
    }
    upkeep.expect(engine.now().plus(Expiry.REQUESTS));
    try {
      EventResult result = correlation.deliver(event);
      requests.remember(QUEUE, event.message(), event.requestId(), write(result));
      return result;
    } catch (Refusal refusal) {
      // Whoever keeps it does so in this transaction; replayed, it is a request as any other.
      requests.forget(QUEUE, event.message(), event.requestId());
      throw refusal;
    }
  }

  private static String write(EventResult result) {
    return result.state() + (result.instanceId() == null ? "" : " " + result.instanceId());
  }

  private static EventResult read(String remembered) {
    int space = remembered.indexOf(' ');
    return space < 0
        ? new EventResult(remembered, null)
        : new EventResult(remembered.substring(0, space), remembered.substring(space + 1));
  }
}
