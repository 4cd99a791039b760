package org.millrace.execution;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.state.Wait;
import org.millrace.persistence.TestDatabase;

/**
 * What five asynchronous stages in a row, each of which reads a variable and writes it, may cost.
 * It is counted, not timed: so it holds on every machine.
 */
@ParameterizedClass
@EnumSource
class ChainBudgetTest {

  private static final int STAGES = 5;
  private static final int GROUP = 16;
  private static final int STEP_BYTES = 16 * 1024;
  private static final int WARM = 2_000;

  private final Shell shell;

  ChainBudgetTest(TestDatabase.Kind kind) {
    shell = new Shell(TestDatabase.of(kind));
  }

  @BeforeEach
  void deploy() {
    shell.database.clear();
    shell.deploy(chain());
    run(); // Compiled once, and everything is loaded that is needed.
    shell.sent.clear();
  }

  private static String chain() {
    StringBuilder body = new StringBuilder("<process id=\"chain\" isExecutable=\"true\">");
    body.append("<startEvent id=\"start\"/><endEvent id=\"end\"/>");
    IntStream.rangeClosed(1, STAGES)
        .forEach(i -> body.append("<serviceTask id=\"s%d\"/>".formatted(i)));
    for (int i = 0; i <= STAGES; i++) {
      body.append(
          "<sequenceFlow id=\"f%d\" sourceRef=\"%s\" targetRef=\"%s\"/>"
              .formatted(i, i == 0 ? "start" : "s" + i, i == STAGES ? "end" : "s" + (i + 1)));
    }
    return body.append("</process>").toString();
  }

  private String run() {
    String id = shell.start("chain", "order-4711");
    for (int stage = 1; stage <= STAGES; stage++) {
      shell.database.inTransaction(() -> perform(id));
    }
    return id;
  }

  /** As a stage does it: is it awaited, the author's work, the bookkeeping. */
  private void perform(String id) {
    Map<String, Instance> seen = shell.engine.readAll(List.of(id));
    Command done = complete(requireNonNull(seen.get(id)));
    carryOut(List.of(id), done, () -> shell.engine.lockAll(seen.keySet(), seen));
  }

  /** The bookkeeping. */
  private void carryOut(List<String> ids, Command done, Runnable taking) {
    shell.engine.together(
        () -> {
          taking.run();
          ids.forEach(id -> shell.engine.execute(id, done));
        });
  }

  private static Command complete(Instance instance) {
    Wait wait = instance.state().waits().iterator().next();
    long n = (Long) instance.state().variables().get("n");
    return new Command.Complete(wait.id(), wait.attempt(), Map.of("n", n + 1));
  }

  @Test
  void aStageCostsFourStatementsAndOneMessage() {
    String id = shell.start("chain", "order-4711");
    for (int stage = 1; stage <= STAGES; stage++) {
      shell.sent.clear();

      assertThat(shell.database.statements(() -> perform(id))).hasSizeLessThanOrEqualTo(4);

      assertThat(shell.sent).hasSize(stage == STAGES ? 0 : 1);
    }
    assertThat(shell.status(id)).isEqualTo("completed");
  }

  /** Mostly it is known that work is awaited, and how, since this server has just sent it. */
  @ParameterizedTest
  @ValueSource(ints = {1, GROUP})
  void whatThisServerHasJustLeftCostsTwoStatements(int group) {
    List<String> ids = begin(group);
    List<Instance> left = ids.stream().map(shell::read).toList();
    Command done = complete(left.get(0));

    List<String> statements =
        shell.database.statements(() -> carryOut(ids, done, () -> shell.engine.assumeAll(left)));

    assertThat(statements).hasSize(2);
    assertThat(shell.sent).hasSize(group);
  }

  private List<String> begin(int number) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      ids.add(shell.start("chain", "order-" + i));
    }
    shell.sent.clear();
    return ids;
  }

  /** Where others may carry on the same instances. */
  @Test
  void aGroupOfStagesCostsThreeStatements() {
    List<String> ids = begin(GROUP);
    Command done = complete(shell.read(ids.get(0)));

    List<String> statements =
        shell.database.statements(() -> carryOut(ids, done, () -> shell.engine.lockAll(ids)));

    assertThat(statements).hasSize(3);
    assertThat(shell.sent).hasSize(GROUP);
  }

  @Test
  void anInstanceTakesAtMostTwoKibibytesOfHistoryAndState() {
    shell.database.clear();
    shell.deploy(chain());
    run();

    assertThat(
            shell.database.number("select sum(octet_length(events)) from millrace_history")
                + shell.database.number(
                    "select sum(octet_length(snapshot) + octet_length(variables))"
                        + " from millrace_instance"))
        .isBetween(500L, 2048L);
  }

  @Test
  void aStageLoadsNoClassAndReadsNoDefinition() {
    List<String> statements = new ArrayList<>();
    long loaded = Long.MAX_VALUE;
    // What each message loads shows in every round; what the JVM loads beside it, in some.
    for (int round = 0; round < 20 && loaded > 0; round++) {
      statements.clear();
      long before = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
      for (int i = 0; i < 10; i++) {
        String id = shell.start("chain", "order-4711");
        for (int stage = 1; stage <= STAGES; stage++) {
          statements.addAll(shell.database.statements(() -> perform(id)));
        }
      }
      loaded = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount() - before;
    }

    assertThat(loaded).as("classes loaded in the quietest round").isZero();
    assertThat(statements).noneMatch(sql -> sql.contains("millrace_definition"));
  }

  @Test
  void aStepOfTheKernelAllocatesLessThanSixteenKibibytes() {
    Instance instance = shell.read(shell.start("chain", "order-4711"));
    Command done = complete(instance);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < WARM; i++) {
      shell.engine.decide(instance, done);
    }

    long before = threads.getCurrentThreadAllocatedBytes();
    shell.engine.decide(instance, done);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isBetween(1L, (long) STEP_BYTES);
  }
}
