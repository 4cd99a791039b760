package org.millrace.messaging;

import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.millrace.api.operation.Refusal;
import org.millrace.execution.StageQueues;

/** The stages' queues through the management beans of the broker in this server. */
@Singleton
public class BrokerQueues implements StageQueues {

  /** The broker's own management bean; the names of its queues' beans begin with it. */
  static final String BROKER = "org.apache.activemq.artemis:broker=\"default\"";

  private static final Figures NONE = new Figures(0, 0, 0, false);

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

  @Override
  public Figures figures(String stage) {
    try {
      ObjectName queue = name(stage);
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

  private Number number(ObjectName queue, String attribute) throws JMException {
    return (Number) beans.getAttribute(queue, attribute);
  }

  @Override
  public void setPaused(String stage, boolean paused) {
    try {
      if (paused) {
        beans.invoke(
            name(stage), "pause", new Object[] {true}, new String[] {boolean.class.getName()});
      } else {
        beans.invoke(name(stage), "resume", new Object[0], new String[0]);
      }
    } catch (InstanceNotFoundException e) {
      throw new Refusal(
          Refusal.Kind.CONFLICT,
          "stage \"%s\" has no queue yet: its first work makes it".formatted(stage));
    } catch (JMException e) {
      throw new IllegalStateException(
          "the broker's queue of stage " + stage + " cannot be paused or resumed", e);
    }
  }

  private static ObjectName name(String stage) throws JMException {
    String queue = ObjectName.quote("jms.queue." + Jms.STAGE + stage);
    return new ObjectName(
        BROKER
            + ",component=addresses,address="
            + queue
            + ",subcomponent=queues,routing-type=\"anycast\",queue="
            + queue);
  }
}
