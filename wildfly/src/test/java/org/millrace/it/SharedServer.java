package org.millrace.it;

import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * One server for all tests that do no harm to it: started when the first of them asks for a {@link
 * TestServer} parameter or runs inside it (Arquillian), stopped after the last one. Found by JUnit
 * itself (META-INF/services), so that tests which run inside the server do not drag it along.
 */
public final class SharedServer implements BeforeAllCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SharedServer.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    if (AnnotationSupport.isAnnotated(context.getRequiredTestClass(), ArquillianTest.class)) {
      server(context);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return server(context);
  }

  private static TestServer server(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(TestServer.class, key -> start(), TestServer.class);
  }

  private static TestServer start() {
    TestServer server = TestServer.named("shared", Map.of());
    Rows.deployTo(server);
    Inside.deployTo(server);
    server.start();
    // For arquillian.xml.
    System.setProperty("it.management.port", String.valueOf(server.managementPort()));
    return server;
  }
}
