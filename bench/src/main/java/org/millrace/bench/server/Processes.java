package org.millrace.bench.server;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.millrace.api.ProcessDeployer;

/** Deploys the processes that are measured. */
@Singleton
@Startup
public class Processes {

  @EJB(lookup = ProcessDeployer.JNDI_NAME)
  ProcessDeployer deployer;

  @PostConstruct
  void deploy() {
    deploy("chain.bpmn");
    deploy("fan.bpmn");
    deploy("wait.bpmn");
    deploy("timer.bpmn");
  }

  private void deploy(String name) {
    try (InputStream file =
        Objects.requireNonNull(Processes.class.getResourceAsStream("/" + name), name)) {
      deployer.deploy(name, file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
