package org.millrace.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.millrace.definition.BpmnReader;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Kernel;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Wait;

/** Our kernel. */
final class Ours implements Player {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final ProcessGraph graph;
  private InstanceState state = InstanceState.initial("instance");

  Ours(String xml, Map<String, Object> variables) {
    graph = BpmnReader.read(xml.getBytes(UTF_8)).get(0);
    decide(new Command.Start(null, "key", 4, variables));
  }

  private void decide(Command command) {
    Decision decision = Kernel.decide(graph, state, command, NOW);
    if (!(decision instanceof Decision.Accepted accepted)) {
      throw new AssertionError(command + " was not accepted: " + decision);
    }
    state = accepted.state();
    if (!state.incidents().isEmpty()) {
      throw new AssertionError("incidents after " + command + ": " + state.incidents());
    }
  }

  @Override
  public List<String> waits() {
    return state.waits().stream().map(Wait::element).sorted().toList();
  }

  @Override
  public boolean hasEnded() {
    return state.status().ended();
  }

  boolean hasFailed() {
    return state.status() == Status.FAILED;
  }

  @Override
  public void answer(String activity, Map<String, Object> variables) {
    Wait wait = wait(activity);
    decide(
        switch (wait.kind()) {
          case WORK, TASK -> new Command.Complete(wait.id(), wait.attempt(), variables);
          case TIMER -> new Command.Fire(wait.id(), true);
          default -> new Command.Deliver(wait.id(), variables);
        });
  }

  @Override
  public void error(String activity, String code) {
    Wait wait = wait(activity);
    decide(new Command.ThrowError(wait.id(), wait.attempt(), code, null, Map.of()));
  }

  private Wait wait(String activity) {
    return state.waits().stream()
        .filter(wait -> wait.element().equals(activity))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing waits at " + activity));
  }

  @Override
  public void close() {}
}
