package org.millrace.messaging;

import org.apache.activemq.artemis.core.io.IOCriticalErrorListener;
import org.apache.activemq.artemis.core.server.ActivateCallback;
import org.apache.activemq.artemis.core.server.ActiveMQServer;

/**
 * Ends the server where the broker in it cannot write any more, as a crash would, and at once: a
 * broker that has lost a page of messages goes on for a moment, and would still prepare and commit
 * the transactions that they belong to. After a crash the recovery settles everything (ADR 14).
 */
final class BrokerEnd implements ActivateCallback, IOCriticalErrorListener {

  /** With this one the start script of WildFly starts the server anew. */
  private static final int RESTART = 10;

  private static final System.Logger LOG = System.getLogger(BrokerEnd.class.getName());

  @Override
  public void onIOException(Throwable cause, String message, String file) {
    end("it cannot write (" + message + ")");
  }

  /** For any other reason: not with the server, nor for whoever undeploys the engine. */
  @Override
  public void stop(ActiveMQServer server) {
    end("it has ended by itself");
  }

  // Where the server ends, or the engine is undeployed, the engine has let go of the broker before.
  private static void end(String why) {
    if (BrokerPlugins.broker() != null) {
      LOG.log(
          System.Logger.Level.ERROR,
          """
          the broker in this server cannot go on: {0}. The server ends itself now; nothing is \
          lost. Where its disk is full, make room. Its start script starts it anew""",
          why);
      Runtime.getRuntime().halt(RESTART);
    }
  }
}
