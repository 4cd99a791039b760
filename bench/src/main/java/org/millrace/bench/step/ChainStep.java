package org.millrace.bench.step;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Decision.Accepted;
import org.millrace.kernel.Kernel;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.ServiceTask;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.element.ThrowEvent;
import org.millrace.kernel.graph.Besides;
import org.millrace.kernel.graph.Flow;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.graph.Work;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Wait;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The kernel's step of the chain: one stage is done, and the next one is sent for. Samples, since
 * their median says the same on a machine that does other things meanwhile; their mean does not.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 3)
public class ChainStep {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> IDS =
      List.of("start", "chain-1", "chain-2", "chain-3", "chain-4", "chain-5", "end");

  private final ProcessGraph graph = chain();
  private final InstanceState begun =
      after(
          InstanceState.initial("0190f5e7-0000-7000-8000-000000000000"),
          new Command.Start(null, "order-4711", 4, Map.of("n", 0L)));
  private final Command done = done(begun);

  /** Runs it, and says how much a step allocates. */
  public static void main(String[] args) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(ChainStep.class.getSimpleName())
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }

  /** From the first stage to the second. */
  @Benchmark
  public Decision step() {
    return Kernel.decide(graph, begun, done, NOW);
  }

  private InstanceState after(InstanceState state, Command command) {
    return ((Accepted) Kernel.decide(graph, state, command, NOW)).state();
  }

  private static Command done(InstanceState state) {
    Wait wait = state.waits().iterator().next();
    return new Command.Complete(wait.id(), wait.attempt(), Map.of("n", 1L));
  }

  private static ProcessGraph chain() {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < IDS.size(); i++) {
      elements.add(element(i));
    }
    return new ProcessGraph("chain", null, elements);
  }

  private static Element element(int i) {
    if (i == 0) {
      return new StartEvent(node(i, "startEvent"), true, Element.NOTHING, Mappings.NONE);
    }
    if (i == IDS.size() - 1) {
      return new ThrowEvent(node(i, "endEvent"), Element.NOTHING, Mappings.NONE);
    }
    Work work = new Work(IDS.get(i), Work.DEFAULT_ATTEMPTS, Work.DEFAULT_BACKOFF, null);
    return new ServiceTask(node(i, "serviceTask"), Mappings.NONE, work);
  }

  private static Node node(int i, String type) {
    List<String> incoming = i == 0 ? List.of() : List.of("f" + i);
    List<Flow> outgoing =
        i == IDS.size() - 1
            ? List.of()
            : List.of(new Flow("f" + (i + 1), IDS.get(i), IDS.get(i + 1), null));
    return new Node(
        IDS.get(i), null, type, "chain", incoming, outgoing, null, null, Besides.NOTHING);
  }
}
