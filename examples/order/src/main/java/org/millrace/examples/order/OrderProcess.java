package org.millrace.examples.order;

import static java.util.Objects.requireNonNull;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.millrace.api.ProcessDeployer;

/**
 * Deploys the process whenever the example starts: a changed file becomes the next version, the
 * same bytes again change nothing. The server is ready only after it.
 */
@Singleton
@Startup
public class OrderProcess {

  private static final String FILE = "order.bpmn";

  @EJB(lookup = ProcessDeployer.JNDI_NAME)
  ProcessDeployer deployer;

  @PostConstruct
  void deploy() {
    try (InputStream file = requireNonNull(OrderProcess.class.getResourceAsStream("/" + FILE))) {
      deployer.deploy(FILE, file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
