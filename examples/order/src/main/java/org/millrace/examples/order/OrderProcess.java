package org.millrace.examples.order;

import static java.util.Objects.requireNonNull;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Deploys the process whenever the example starts: a changed file becomes the next version, the
 * same bytes again change nothing.
 */
@Singleton
@Startup
public class OrderProcess {

  private static final String FILE = "order.bpmn";

  @Resource(lookup = "java:/JmsXA")
  ConnectionFactory connections;

  @Resource(lookup = "java:/jms/queue/millrace.deploy")
  Queue deployments;

  @PostConstruct
  void deploy() {
    try (InputStream file = requireNonNull(OrderProcess.class.getResourceAsStream("/" + FILE));
        JMSContext jms = connections.createContext()) {
      String bpmn = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      jms.createProducer().setProperty("name", FILE).send(deployments, bpmn);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
