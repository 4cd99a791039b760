package org.millrace.messaging;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.jms.QueueBrowser;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.StageQueues;

/** The queues of the broker in this server. */
@Singleton
public class BrokerQueues implements StageQueues {

  /** The broker's own management bean; the names of its queues' beans begin with it. */
  static final String BROKER = "org.apache.activemq.artemis:broker=\"default\"";

  private static final Figures NONE = new Figures(0, 0, 0, false);

  private final Jms jms;
  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final Map<String, SimpleString> names = new ConcurrentHashMap<>();

  @Inject
  public BrokerQueues(Jms jms) {
    this.jms = jms;
  }

  /**
   * How many messages of a queue could be taken now. Asked for each group, so not by way of the
   * management beans, which cost more than the answer.
   */
  long waiting(String queue) {
    Queue found = find(queue);
    return found == null
        ? 0
        : found.getMessageCount() - found.getDeliveringCount() - found.getScheduledCount();
  }

  @Override
  public Figures figures(String stage) {
    try {
      ObjectName queue = name(Jms.STAGE + stage);
      return new Figures(
          number(queue, "MessageCount").longValue(),
          number(queue, "DeliveringCount").longValue(),
          number(queue, "ConsumerCount").intValue(),
          (Boolean) beans.getAttribute(queue, "Paused"));
    } catch (InstanceNotFoundException e) {
      return NONE; // The broker makes it when its first work is sent.
    } catch (JMException e) {
      throw new IllegalStateException("the broker's queue of stage " + stage + " is unreadable", e);
    }
  }

  /** How many messages there are on a queue of the engine's own, those being served included. */
  long count(String queue) {
    Queue found = find(queue);
    if (found != null) {
      return found.getMessageCount();
    }
    try {
      // A bean may be there before the broker is handed over: its queues are there nevertheless.
      return number(name(queue), "MessageCount").longValue();
    } catch (JMException e) {
      return 0; // There is none, or the broker is elsewhere: nobody here knows.
    }
  }

  /** Null where there is none, and where the broker is not here or not handed over yet. */
  private @Nullable Queue find(String queue) {
    ActiveMQServer broker = BrokerPlugins.broker();
    return broker == null
        ? null
        : broker.locateQueue(
            names.computeIfAbsent(queue, name -> SimpleString.of(Jms.ADDRESS + name)));
  }

  private Number number(ObjectName queue, String attribute) throws JMException {
    return (Number) beans.getAttribute(queue, attribute);
  }

  @Override
  public void setPaused(String stage, boolean paused) {
    try {
      if (paused) {
        beans.invoke(
            name(Jms.STAGE + stage),
            "pause",
            new Object[] {true},
            new String[] {boolean.class.getName()});
      } else {
        beans.invoke(name(Jms.STAGE + stage), "resume", new Object[0], new String[0]);
      }
    } catch (InstanceNotFoundException e) {
      if (paused) {
        make(Jms.STAGE + stage);
        setPaused(stage, true);
      }
    } catch (JMException e) {
      throw new IllegalStateException(
          "the broker's queue of stage " + stage + " cannot be paused or resumed", e);
    }
  }

  /** A queue is made when somebody first looks at it, as when its first work is sent. */
  private void make(String queue) {
    jms.run(
        context -> {
          try (QueueBrowser browser = context.createBrowser(jms.queue(context, queue))) {
            browser.getEnumeration();
          }
        });
  }

  private static ObjectName name(String queue) {
    String quoted = ObjectName.quote(Jms.ADDRESS + queue);
    try {
      return new ObjectName(
          BROKER
              + ",component=addresses,address="
              + quoted
              + ",subcomponent=queues,routing-type=\"anycast\",queue="
              + quoted);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException("no queue has the name " + queue, e);
    }
  }
}
