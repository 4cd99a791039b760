package org.millrace.wildfly.broker;

import java.util.Map;
import javax.transaction.xa.XAResource;
import org.apache.activemq.artemis.service.extensions.xa.ActiveMQXAResourceWrapper;
import org.apache.activemq.artemis.service.extensions.xa.ActiveMQXAResourceWrapperFactory;

/** Found by Artemis as a service, before WildFly's own. */
public final class OneBranchFactory implements ActiveMQXAResourceWrapperFactory {

  @Override
  public ActiveMQXAResourceWrapper wrap(XAResource session, Map<String, Object> properties) {
    return new OneBranch(session, properties);
  }
}
