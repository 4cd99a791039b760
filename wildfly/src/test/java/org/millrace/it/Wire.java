package org.millrace.it;

import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;

/** The protocols over which clients outside the server speak to it. */
enum Wire {
  JMS {
    @Override
    WireClient connect(TestServer server, String user, String password) {
      String url =
          "tcp://127.0.0.1:%d?httpUpgradeEnabled=true&httpUpgradeEndpoint=http-acceptor"
              .formatted(server.httpPort());
      return new JmsWireClient(new ActiveMQConnectionFactory(url), user, password);
    }
  },
  AMQP {
    @Override
    WireClient connect(TestServer server, String user, String password) {
      ConnectionFactory factory = new JmsConnectionFactory("amqp://127.0.0.1:" + server.amqpPort());
      return new JmsWireClient(factory, user, password);
    }
  },
  STOMP {
    @Override
    WireClient connect(TestServer server, String user, String password) {
      return new StompClient("127.0.0.1", server.stompPort(), user, password);
    }
  };

  /**
   * Logs in.
   *
   * @throws WireClient.Refused if the server does not let this user in
   */
  abstract WireClient connect(TestServer server, String user, String password);

  /** Logs in as one of the users of the development server. */
  WireClient connect(TestServer server, String user) {
    return connect(server, user, user);
  }
}
