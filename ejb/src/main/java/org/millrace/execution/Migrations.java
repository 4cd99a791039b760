package org.millrace.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.millrace.api.operation.Migrations.Plan;
import org.millrace.api.operation.Refusal;
import org.millrace.execution.InstanceStore.Running;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Migration;
import org.millrace.kernel.Migration.Misfit;
import org.millrace.kernel.command.Command;

/** Takes instances to other versions of their process. */
@Singleton
public class Migrations {

  private final Engine engine;
  private final Graphs graphs;
  private final DefinitionStore definitions;
  private final InstanceStore instances;

  @Inject
  public Migrations(
      Engine engine, Graphs graphs, DefinitionStore definitions, InstanceStore instances) {
    this.engine = engine;
    this.graphs = graphs;
    this.definitions = definitions;
    this.instances = instances;
  }

  /**
   * Carries it out.
   *
   * @param before as {@link Engine#readSettled} gave it in this transaction
   */
  public Decision migrate(Instance before, int version, Map<String, String> mapping) {
    return engine.execute(before, command(before, version, mapping));
  }

  /** Decides, and changes nothing. */
  public Decision decide(Instance before, int version, Map<String, String> mapping) {
    return engine.decide(before, command(before, version, mapping));
  }

  /** All that keeps an instance from being migrated. */
  public List<Misfit> misfits(Instance before, int version, Map<String, String> mapping) {
    require(before.process(), version);
    return new Migration(
            graphs.get(before.process(), before.version()),
            graphs.get(before.process(), version),
            mapping)
        .misfits(before.state());
  }

  /** All instances of a version that have not ended. */
  public List<Running> running(String process, int version) {
    require(process, version);
    return instances.running(process, version);
  }

  /**
   * What a mapping can be about.
   *
   * @param standing where each of the instances stands
   */
  public Plan plan(String process, int from, int to, List<List<String>> standing) {
    require(process, from);
    require(process, to);
    return Places.plan(graphs.get(process, from), graphs.get(process, to), standing);
  }

  private Command command(Instance before, int version, Map<String, String> mapping) {
    require(before.process(), version);
    return new Command.Migrate(
        graphs.get(before.process(), before.version()), before.version(), version, mapping);
  }

  private void require(String process, int version) {
    int newest = definitions.newestVersion(process);
    if (newest == 0) {
      throw new Refusal(Refusal.Kind.INVALID, "process \"%s\" is not deployed".formatted(process));
    }
    if (version < 1 || version > newest) {
      throw new Refusal(
          Refusal.Kind.INVALID,
          "process \"%s\" has no version %d; its newest is %d".formatted(process, version, newest));
    }
  }
}
