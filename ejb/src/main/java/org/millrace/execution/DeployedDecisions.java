package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.DmnReader;
import org.millrace.definition.decision.DecisionModel;
import org.millrace.execution.DefinitionStore.Kind;
import org.millrace.kernel.graph.Decisions;
import org.millrace.kernel.graph.Decisions.Reference;
import org.millrace.kernel.graph.Expression.EvaluationException;

/** Compiled decisions. A version never changes, so what is compiled stays compiled. */
@Singleton
public class DeployedDecisions {

  private record Key(String decision, int version) {}

  private final DefinitionStore definitions;
  private final Map<Key, DecisionModel> compiled = new ConcurrentHashMap<>();

  @Inject
  public DeployedDecisions(DefinitionStore definitions) {
    this.definitions = definitions;
  }

  /** What a version of a process calls, each time in the version that is meant then. */
  Decisions calledBy(String process, int version) {
    return (reference, variables, now) ->
        evaluate(reference, version(reference, process, version), variables, now);
  }

  private int version(Reference reference, String process, int processVersion) {
    String id = reference.decision();
    return switch (reference.binding()) {
      case LATEST -> definitions.newestDecision(id);
      case DEPLOYMENT -> definitions.versionBeside(id, process, processVersion);
      case VERSION -> Integer.parseInt(String.valueOf(reference.version()));
      case VERSION_TAG ->
          definitions.newestTagged(Kind.DECISION, id, String.valueOf(reference.version()));
    };
  }

  /**
   * Evaluates a decision.
   *
   * @param version null for the newest
   * @return null if it is not deployed
   * @throws EvaluationException if it cannot be evaluated
   */
  public Decisions.@Nullable Result evaluate(
      String id, @Nullable Integer version, Map<String, Object> variables, Instant now) {
    int number = version == null ? definitions.newestDecision(id) : version;
    DecisionModel decision = find(id, number);
    return decision == null ? null : decision.evaluate(number, variables, now);
  }

  /** As {@link Graphs#isNew} says. */
  void isNew(String id, int version) {
    compiled.remove(new Key(id, version));
  }

  private Decisions.Result evaluate(
      Reference reference, int version, Map<String, Object> variables, Instant now) {
    String id = reference.decision();
    DecisionModel decision = find(id, version);
    if (decision == null) {
      throw new EvaluationException(
          reference.version() == null || definitions.newestDecision(id) == 0
              ? "the decision \"%s\" is not deployed".formatted(id)
              : "the decision \"%s\" has no version %s".formatted(id, reference.version()));
    }
    return decision.evaluate(version, variables, now);
  }

  private @Nullable DecisionModel find(String id, int version) {
    // Not computeIfAbsent: two threads may compile the same once, but none waits for a database.
    Key key = new Key(id, version);
    DecisionModel decision = compiled.get(key);
    if (decision == null && version > 0) {
      byte[] xml = definitions.xml(id, version);
      if (xml == null || !DmnReader.isDmn(xml)) {
        return null;
      }
      // Its document has others beside it, of the same version or not: each is compiled for itself.
      decision =
          DmnReader.read(xml, namespace -> definitions.imported(namespace, id, version))
              .decisions()
              .stream()
              .filter(each -> each.id().equals(id))
              .findFirst()
              .orElse(null);
      if (decision != null) {
        compiled.put(key, decision);
      }
    }
    return decision;
  }
}
