package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.DefinitionView;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.definition.BpmnReader;
import org.millrace.execution.DefinitionStore.Deployed;
import org.millrace.kernel.graph.ProcessGraph;

/** Deploys documents: what can be run becomes the next version, what cannot is refused whole. */
@Singleton
public class Deployments {

  private final DefinitionStore definitions;
  private final StartEvents starts;
  private final Engine engine;

  @Inject
  public Deployments(DefinitionStore definitions, StartEvents starts, Engine engine) {
    this.definitions = definitions;
    this.starts = starts;
    this.engine = engine;
  }

  /**
   * Deploys a document.
   *
   * @throws DeploymentRefused with all its problems
   */
  public List<DefinitionView> deploy(@Nullable String resource, byte[] xml) {
    List<DefinitionView> deployed = new ArrayList<>();
    String digest = digest(xml);
    for (ProcessGraph graph : BpmnReader.read(xml)) {
      Deployed newest = definitions.newestForUpdate(graph.id());
      if (newest == null || !newest.digest().equals(digest)) {
        int version = newest == null ? 1 : newest.version() + 1;
        newest = new Deployed(graph.id(), version, graph.name(), engine.now(), digest);
        definitions.insert(newest, resource, xml);
        starts.listen(graph, newest.version());
      }
      deployed.add(
          new DefinitionView("process", graph.id(), newest.version(), newest.name(), newest.at()));
    }
    return deployed;
  }

  private static String digest(byte[] xml) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(xml));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
