package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.millrace.definition.BpmnReader;
import org.millrace.kernel.graph.ProcessGraph;

/** Compiled processes. A version never changes, so what is compiled stays compiled. */
@Singleton
public class Graphs {

  private record Key(String process, int version) {}

  private final DefinitionStore definitions;
  private final DeployedDecisions decisions;
  private final Map<Key, ProcessGraph> compiled = new ConcurrentHashMap<>();

  @Inject
  public Graphs(DefinitionStore definitions, DeployedDecisions decisions) {
    this.definitions = definitions;
    this.decisions = decisions;
  }

  /**
   * The graph of a deployed version.
   *
   * @throws IllegalStateException if there is no such version, or it is of a document that this
   *     release can no longer read
   */
  public ProcessGraph get(String process, int version) {
    // Not computeIfAbsent: two threads may compile the same once, but none waits for a database.
    Key key = new Key(process, version);
    ProcessGraph graph = compiled.get(key);
    if (graph == null) {
      graph = compile(process, version);
      compiled.put(key, graph);
    }
    return graph;
  }

  /**
   * To be told of each version that is deployed: one of the same number may have been compiled in a
   * transaction that deployed it, and was rolled back.
   */
  void isNew(String id, int version) {
    compiled.remove(new Key(id, version));
    decisions.isNew(id, version);
  }

  /** Whether the deployment of a version can be seen in this transaction. */
  public boolean isDeployed(String process, int version) {
    return definitions.newestVersion(process) >= version;
  }

  private ProcessGraph compile(String process, int version) {
    byte[] xml = definitions.xml(process, version);
    if (xml == null) {
      throw new IllegalStateException(
          "version %d of process %s is not deployed".formatted(version, process));
    }
    return BpmnReader.read(xml, decisions.calledBy(process, version)).stream()
        .filter(graph -> graph.id().equals(process))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("the document of " + process + " lost its process"));
  }
}
