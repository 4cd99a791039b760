package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.millrace.execution.ReplyStore.ReplyTo;
import org.millrace.kernel.state.Status;

/**
 * Tells those who wait for it what became of an instance, in the transaction in which it became.
 */
@Singleton
public class Replies {

  private final ReplyStore store;
  private final Dispatcher dispatcher;

  @Inject
  public Replies(ReplyStore store, Dispatcher dispatcher) {
    this.store = store;
    this.dispatcher = dispatcher;
  }

  void add(Instance instance, ReplyTo replyTo) {
    store.add(instance.id(), replyTo);
  }

  /** The instance has ended: answers all who wait for it. */
  void ended(Instance instance) {
    if (instance.replies()) {
      store.take(instance.id()).forEach(replyTo -> send(instance, replyTo));
    }
  }

  /** Says that the instance has started, whatever has become of it since. */
  void started(Instance instance, ReplyTo replyTo) {
    send(instance, Status.RUNNING, replyTo);
  }

  /** Says how the instance stands now. */
  void send(Instance instance, ReplyTo replyTo) {
    send(instance, instance.state().status(), replyTo);
  }

  private void send(Instance instance, Status state, ReplyTo replyTo) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("state", state.word());
    properties.put("instanceId", instance.id());
    if (instance.state().businessKey() != null) {
      properties.put("businessKey", instance.state().businessKey());
    }
    dispatcher.reply(replyTo, properties, instance.state().variables());
  }
}
