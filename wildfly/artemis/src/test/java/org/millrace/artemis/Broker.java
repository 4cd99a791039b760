package org.millrace.artemis;

import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** A broker in memory, and where its clients in this JVM find it. */
record Broker(ActiveMQServerImpl server, ServerLocator locator) {

  static Broker start() throws Exception {
    ActiveMQServerImpl server =
        new ActiveMQServerImpl(
            new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .addAddressSetting("#", new AddressSettings().setRedeliveryDelay(50))
                .addAcceptorConfiguration(
                    new TransportConfiguration(InVMAcceptorFactory.class.getName())));
    server.start();
    return new Broker(
        server,
        ActiveMQClient.createServerLocatorWithoutHA(
            new TransportConfiguration(InVMConnectorFactory.class.getName())));
  }

  void stop() throws Exception {
    locator.close();
    server.stop();
  }
}
