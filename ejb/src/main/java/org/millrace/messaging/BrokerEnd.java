package org.millrace.messaging;

import org.apache.activemq.artemis.core.server.ActivateCallback;
import org.apache.activemq.artemis.core.server.ActiveMQServer;

/**
 * Says what to do when the broker in this server ends by itself, as it does when it cannot write
 * its journal: it does not come back before the server is started anew.
 */
final class BrokerEnd implements ActivateCallback {

  private static final System.Logger LOG = System.getLogger(BrokerEnd.class.getName());

  @Override
  public void stop(ActiveMQServer server) {
    // Where the server ends, or the engine is undeployed, the engine has let go of it before.
    if (BrokerPlugins.broker() == server) {
      LOG.log(
          System.Logger.Level.ERROR,
          """
          the broker has ended by itself: it could not write its journal (AMQ222010 says why). \
          Nothing is lost, but nothing is taken any more. Make room on the disk, and start the \
          server anew""");
    }
  }
}
