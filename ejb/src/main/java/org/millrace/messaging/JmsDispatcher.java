package org.millrace.messaging;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationRuntimeException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSSecurityRuntimeException;
import jakarta.jms.TextMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.jms.client.ActiveMQDestination;
import org.millrace.execution.Dispatcher;
import org.millrace.execution.Ids;
import org.millrace.execution.Instance;
import org.millrace.execution.ReplyStore.ReplyTo;
import org.millrace.execution.StartTimerStore.StartTimer;
import org.millrace.execution.WaitStore.WaitRef;
import org.millrace.json.Json;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.state.Wait;

/** Sends messages in the transaction that is under way, through the server's XA connections. */
@Singleton
public class JmsDispatcher implements Dispatcher {

  private final Jms jms;
  private final Sending sending;
  private final Aftermath aftermath;
  private final Clock clock;

  @Inject
  public JmsDispatcher(Jms jms, Sending sending, Aftermath aftermath, Clock clock) {
    this.jms = jms;
    this.sending = sending;
    this.aftermath = aftermath;
    this.clock = clock;
  }

  @Override
  public void work(Instance instance, Effect.SendWork work) {
    Wait wait = work.work();
    sending.sent(instance, wait);
    jms.run(
        context -> {
          TextMessage message = context.createTextMessage(Json.write(work.variables()));
          message.setStringProperty("workId", Ids.of(instance.id(), wait.id()));
          place(message, instance, wait.element());
          message.setIntProperty("attempt", wait.attempt());
          Jms.producer(context)
              .setPriority(work.priority())
              .setDeliveryDelay(work.delay().toMillis())
              .send(jms.queue(context, Jms.STAGE + wait.name()), message);
        });
  }

  @Override
  public void withdrawn(String instanceId, int waitId) {
    sending.withdrawn(Ids.of(instanceId, waitId));
  }

  @Override
  public void listener(Instance instance, Effect.TellListener telling) {
    send(
        context -> context.createTopic(Jms.LISTENER),
        telling.variables(),
        message -> {
          message.setStringProperty("listener", telling.listener());
          message.setStringProperty("event", telling.event());
          place(message, instance, telling.at());
        });
  }

  private static void place(TextMessage message, Instance instance, String activity)
      throws JMSException {
    message.setStringProperty("instanceId", instance.id());
    message.setStringProperty("process", instance.process());
    message.setIntProperty("version", instance.version());
    message.setStringProperty("activity", activity);
    if (instance.state().businessKey() != null) {
      message.setStringProperty("businessKey", instance.state().businessKey());
    }
  }

  @Override
  public void timer(String instanceId, int waitId, Instant due) {
    look(message -> message.setStringProperty(TimerEndpoint.WAIT, Ids.of(instanceId, waitId)), due);
  }

  @Override
  public void start(StartTimer timer) {
    look(
        message -> {
          message.setStringProperty(TimerEndpoint.PROCESS, timer.process());
          message.setStringProperty(TimerEndpoint.ELEMENT, timer.element());
          message.setIntProperty(TimerEndpoint.PART, timer.part());
          message.setIntProperty(TimerEndpoint.VERSION, timer.version());
          message.setStringProperty(TimerEndpoint.DUE, timer.due().toString());
        },
        timer.due());
  }

  @Override
  public void signal(String signal, Map<String, Object> variables, String thrownBy) {
    send(
        Jms.SIGNAL,
        variables,
        message -> {
          message.setStringProperty(SignalEndpoint.SIGNAL, signal);
          message.setStringProperty(SignalEndpoint.THROWN_BY, thrownBy);
        });
  }

  @Override
  public void signalWaits(String instanceId, List<Integer> waitIds, Map<String, Object> variables) {
    String waits = waitIds.stream().map(String::valueOf).collect(Collectors.joining(" "));
    send(
        Jms.TIMER,
        variables,
        message -> {
          message.setStringProperty(TimerEndpoint.SIGNALLED, instanceId);
          message.setStringProperty(TimerEndpoint.WAITS, waits);
        });
  }

  @Override
  public void signalStart(String process, String element, Map<String, Object> variables) {
    send(
        Jms.TIMER,
        variables,
        message -> {
          message.setStringProperty(TimerEndpoint.PROCESS, process);
          message.setStringProperty(TimerEndpoint.ELEMENT, element);
        });
  }

  private void send(String queue, Map<String, Object> variables, Mark mark) {
    send(context -> jms.queue(context, queue), variables, mark);
  }

  private void send(
      Function<JMSContext, Destination> to, Map<String, Object> variables, Mark mark) {
    jms.run(
        context -> {
          TextMessage message = context.createTextMessage(Json.write(variables));
          mark.on(message);
          Jms.producer(context).send(to.apply(context), message);
        });
  }

  @Override
  public void bucket(long bucket, Instant at) {
    look(message -> message.setLongProperty(TimerEndpoint.BUCKET, bucket), at);
  }

  @Override
  public void restOfBucket(long bucket, WaitRef after) {
    look(
        message -> {
          message.setLongProperty(TimerEndpoint.BUCKET, bucket);
          message.setStringProperty(
              TimerEndpoint.AFTER, Ids.of(after.instanceId(), after.waitId()));
          message.setStringProperty(TimerEndpoint.DUE, String.valueOf(after.due()));
        },
        clock.instant());
  }

  @Override
  public void kept(String eventId, Duration delay) {
    look(
        message -> message.setStringProperty(TimerEndpoint.KEPT, eventId),
        clock.instant().plus(delay));
  }

  @FunctionalInterface
  private interface Mark {
    void on(TextMessage message) throws JMSException;
  }

  /** Sends the engine a note to itself for later. */
  private void look(Mark mark, Instant at) {
    // Up to the next millisecond: a timer that is looked at too soon would be sent round again.
    long delay = Math.max(0, Duration.between(clock.instant(), at).plusNanos(999_999).toMillis());
    jms.run(
        context -> {
          TextMessage message = context.createTextMessage("{}");
          mark.on(message);
          Jms.producer(context)
              .setDeliveryDelay(delay)
              .send(jms.queue(context, Jms.TIMER), message);
        });
  }

  @Override
  public boolean settle() {
    return sending.awaitAll();
  }

  @Override
  public boolean settleAll() {
    boolean wasAftermath = aftermath.await();
    return settle() || wasAftermath;
  }

  @Override
  public void deploying() {
    sending.deploying();
  }

  @Override
  public void settleDeployments() {
    sending.awaitDeployments();
  }

  @Override
  public void reply(ReplyTo to, Map<String, Object> properties, Object body) {
    ActiveMQDestination address = ReplyAddress.read(to.address());
    sending.replying(address.getAddress());
    jms.run(context -> reply(context, address, to.correlationId(), properties, Json.write(body)));
  }

  private static void reply(
      JMSContext context,
      Destination address,
      String correlationId,
      Map<String, Object> properties,
      String body)
      throws JMSException {
    TextMessage message = context.createTextMessage(body);
    message.setJMSCorrelationID(correlationId);
    for (Map.Entry<String, Object> property : properties.entrySet()) {
      message.setObjectProperty(property.getKey(), property.getValue());
    }
    JMSProducer producer = Jms.producer(context);
    try {
      producer.send(address, message);
    } catch (InvalidDestinationRuntimeException | JMSSecurityRuntimeException gone) {
      // A temporary queue goes with its client: nobody is left to be told. That undoes nothing.
      // Whatever else fails is to be tried again: the reply is part of what it reports.
      System.getLogger(JmsDispatcher.class.getName())
          .log(
              System.Logger.Level.INFO,
              "reply {0} could not be sent to {1}: {2}",
              correlationId,
              address,
              gone.getMessage());
    }
  }
}
