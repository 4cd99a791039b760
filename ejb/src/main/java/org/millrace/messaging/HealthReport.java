package org.millrace.messaging;

import java.util.Map;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jboss.msc.Service;
import org.jboss.msc.service.ServiceActivator;
import org.jboss.msc.service.ServiceActivatorContext;
import org.jboss.msc.service.ServiceBuilder;
import org.jboss.msc.service.ServiceName;
import org.jboss.msc.service.StartContext;
import org.jboss.msc.service.StopContext;
import org.wildfly.extension.microprofile.health.MicroProfileHealthReporter;

/**
 * Puts the engine's readiness among what {@code /health/ready} says, for as long as it is deployed.
 * In an EAR WildFly looks for checks among the beans of its libraries alone; so it is handed over,
 * as {@link BrokerPlugins} are.
 */
public final class HealthReport implements ServiceActivator {

  private static final ServiceName REPORTER =
      ServiceName.parse("org.wildfly.extension.microprofile.health.reporter");

  private static final String READINESS = "java:global/millrace/millrace-ejb/Readiness";

  @Override
  public void activate(ServiceActivatorContext context) {
    ServiceBuilder<?> builder = context.getServiceTarget().addService();
    builder
        .setInstance(new Registration(builder.requires(REPORTER), HealthReport::check))
        .install();
  }

  @SuppressWarnings("BanJNDI") // A name of our own, and nobody's input.
  private static HealthCheckResponse check() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("millrace");
    try {
      Map<String, String> troubles = ((Readiness) InitialContext.doLookup(READINESS)).troubles();
      troubles.forEach(response::withData);
      return response.status(troubles.isEmpty()).build();
    } catch (NamingException e) {
      return response.down().withData("engine", "is being started").build();
    }
  }

  private record Registration(Supplier<MicroProfileHealthReporter> reporter, HealthCheck check)
      implements Service {

    @Override
    public void start(StartContext context) {
      reporter.get().addReadinessCheck(check, HealthReport.class.getClassLoader());
    }

    @Override
    public void stop(StopContext context) {
      reporter.get().removeReadinessCheck(check);
    }
  }
}
