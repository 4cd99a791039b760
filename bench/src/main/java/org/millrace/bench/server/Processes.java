package org.millrace.bench.server;

import static java.nio.charset.StandardCharsets.UTF_8;

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
    new String(read("processes"), UTF_8).lines().forEach(name -> deployer.deploy(name, read(name)));
  }

  private static byte[] read(String name) {
    try (InputStream file =
        Objects.requireNonNull(Processes.class.getResourceAsStream("/" + name), name)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
