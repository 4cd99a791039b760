package org.millrace.messaging;

import java.util.List;
import java.util.function.Supplier;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;
import org.jboss.msc.Service;
import org.jboss.msc.service.ServiceActivator;
import org.jboss.msc.service.ServiceActivatorContext;
import org.jboss.msc.service.ServiceBuilder;
import org.jboss.msc.service.ServiceName;
import org.jboss.msc.service.StartContext;
import org.jboss.msc.service.StopContext;
import org.jspecify.annotations.Nullable;
import org.wildfly.extension.messaging.activemq.ActiveMQBroker;

/**
 * Gives the broker in this server its plugins for as long as the engine is deployed. WildFly has no
 * setting for broker plugins; so the engine hands it over, as a service that needs the broker's.
 */
public final class BrokerPlugins implements ServiceActivator {

  private static final ServiceName BROKER =
      ServiceName.parse("org.wildfly.messaging.activemq.server.default");

  /** Until it is known, all are older: a bean may be there before the service below. */
  private static volatile long firstMessage = Long.MAX_VALUE;

  private static volatile @Nullable ActiveMQServer running;

  /** The broker's number from which on messages are newer than this run of the server. */
  static long firstMessage() {
    return firstMessage;
  }

  /** The broker in this server, while it runs; else null. */
  static @Nullable ActiveMQServer broker() {
    return running;
  }

  @Override
  public void activate(ServiceActivatorContext context) {
    ServiceBuilder<?> builder = context.getServiceTarget().addService();
    builder.setInstance(new Registration(builder.requires(BROKER))).install();
  }

  private record Registration(
      Supplier<ActiveMQBroker> broker, List<ActiveMQServerPlugin> plugins, BrokerEnd end)
      implements Service {

    Registration(Supplier<ActiveMQBroker> broker) {
      this(
          broker,
          List.of(
              new ReadableSends(),
              new DurableSends(),
              new DelayedSends(),
              new FreshOnly(Crashes::isSuspect)),
          new BrokerEnd());
    }

    @Override
    public void start(StartContext context) {
      firstMessage = server().getStorageManager().generateID();
      plugins.forEach(server()::registerBrokerPlugin);
      server().registerActivateCallback(end);
      server().registerIOCriticalErrorListener(end);
      running = server();
    }

    @Override
    public void stop(StopContext context) {
      running = null;
      server().unregisterActivateCallback(end);
      plugins.forEach(server()::unRegisterBrokerPlugin);
    }

    private ActiveMQServer server() {
      return (ActiveMQServer) broker.get().getDelegate();
    }
  }
}
