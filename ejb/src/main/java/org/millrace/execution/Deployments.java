package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.DefinitionView;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.api.operation.Problem;
import org.millrace.definition.BpmnReader;
import org.millrace.definition.DmnReader;
import org.millrace.definition.Heading;
import org.millrace.definition.decision.DecisionModel;
import org.millrace.execution.DefinitionStore.Deployed;
import org.millrace.execution.DefinitionStore.Kind;
import org.millrace.execution.StartEvents.Starting;
import org.millrace.kernel.graph.ProcessGraph;

/** Deploys documents: what can be run becomes the next version, what cannot is refused whole. */
@Singleton
public class Deployments {

  private final DefinitionStore definitions;
  private final StartEvents starts;
  private final Graphs graphs;
  private final Engine engine;
  private final Dispatcher dispatcher;

  @Inject
  public Deployments(
      DefinitionStore definitions,
      StartEvents starts,
      Graphs graphs,
      Engine engine,
      Dispatcher dispatcher) {
    this.definitions = definitions;
    this.graphs = graphs;
    this.starts = starts;
    this.engine = engine;
    this.dispatcher = dispatcher;
  }

  /**
   * Deploys a document. What refuses it is found before anything is changed: whoever keeps a
   * refused document does so in this transaction.
   *
   * @throws DeploymentRefused with all its problems
   */
  public List<DefinitionView> deploy(@Nullable String resource, byte[] xml) {
    Heading heading = Heading.of(xml);
    List<Version> versions = new ArrayList<>();
    List<Starting> starting = new ArrayList<>();
    if (heading.isDmn()) {
      DmnReader.Document document = DmnReader.read(xml, definitions::newestImported);
      // What it imports makes it another document, too.
      String digest = digest(xml, document.imported());
      Source source = new Source(digest, heading.tags(), document.namespace());
      for (DecisionModel decision : document.decisions()) {
        versions.add(version(Kind.DECISION, decision.id(), decision.name(), source));
      }
      if (versions.isEmpty()) {
        versions.add(version(Kind.LIBRARY, document.id(), document.name(), source));
      }
    } else {
      Source source = new Source(digest(xml, List.of()), heading.tags(), null);
      for (ProcessGraph graph : BpmnReader.read(xml)) {
        Version version = version(Kind.PROCESS, graph.id(), graph.name(), source);
        versions.add(version);
        if (version.isNew()) {
          starting.add(starts.read(graph, version.newest().version()));
        }
      }
    }
    dispatcher.deploying();
    versions.stream()
        .filter(Version::isNew)
        .forEach(
            version -> {
              definitions.insert(version.newest(), resource, xml);
              graphs.isNew(version.newest().id(), version.newest().version());
            });
    starting.forEach(starts::listen);
    return versions.stream().map(Version::view).toList();
  }

  private record Source(String digest, Map<String, String> tags, @Nullable String namespace) {}

  private record Version(Deployed newest, boolean isNew) {

    DefinitionView view() {
      return new DefinitionView(
          newest.kind().word(), newest.id(), newest.version(), newest.name(), newest.at());
    }
  }

  /** A document that is the same as that of the newest version makes no new one. */
  private Version version(Kind kind, String id, @Nullable String name, Source source) {
    Deployed newest = definitions.newestForUpdate(id);
    if (newest != null && newest.kind() != kind) {
      throw new DeploymentRefused(
          List.of(
              new Problem(
                  id,
                  0,
                  "there is a %s with the id \"%s\" already; processes and decisions share their ids"
                      .formatted(newest.kind().word(), id))));
    }
    if (newest != null && newest.digest().equals(source.digest())) {
      return new Version(newest, false);
    }
    int number = newest == null ? 1 : newest.version() + 1;
    Deployed next =
        new Deployed(
            kind,
            id,
            number,
            name,
            engine.now(),
            source.digest(),
            source.tags().get(id),
            source.namespace());
    return new Version(next, true);
  }

  private static String digest(byte[] xml, List<byte[]> imported) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(xml);
      imported.forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
