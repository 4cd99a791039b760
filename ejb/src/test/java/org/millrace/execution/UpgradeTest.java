package org.millrace.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.api.operation.EventRequest;
import org.millrace.api.operation.InstanceQuery;
import org.millrace.api.operation.StartRequest;
import org.millrace.kernel.command.Command;
import org.millrace.persistence.TestDatabase;

/**
 * A database with the rows that an older version wrote, running instances among them, is brought
 * forward, and all goes on. The rows were taken from that version's own code: {@code
 * db/rows-of-V1.jsonl} and so on, a row on each line; whoever adds a migration adds those of the
 * version before it.
 */
class UpgradeTest {

  static Stream<Arguments> versions() {
    return Stream.of(TestDatabase.Kind.values())
        .flatMap(
            kind -> IntStream.rangeClosed(1, 7).mapToObj(version -> Arguments.of(kind, version)));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void givenRowsOfAnOlderVersion_whenBroughtForward_thenTheirInstancesGoOn(
      TestDatabase.Kind kind, int version) {
    try (TestDatabase database = TestDatabase.broughtForward(kind, String.valueOf(version))) {
      goOn(new Shell(database), version);
    }
  }

  private static void goOn(Shell shell, int version) {
    String running = id(shell, "RUNNING");
    assertThat(shell.read(running).state().variables())
        .containsEntry("customer", "älice")
        .containsEntry("items", List.of(Map.of("sku", "A")));
    assertThat(shell.history(running)).contains("work active 1", "approve active 1");
    assertThat(shell.start(new StartRequest("p", null, "X", "r-1", 4, Map.of()), null, false))
        .as("what was accepted before is still known")
        .isEqualTo(running);

    shell.complete(running, "work");
    shell.complete(running, "approve");
    fire(shell, running);
    send(shell, "RUNNING");
    assertThat(shell.status(running)).isEqualTo("completed");
    assertThat(shell.sent).anyMatch(sent -> sent.startsWith("reply") && sent.contains("completed"));

    String half = id(shell, "HALF");
    send(shell, "HALF");
    fire(shell, half);
    assertThat(shell.status(half)).isEqualTo("completed");
    assertThat(shell.read(id(shell, "INCIDENT")).state().incidents()).hasSize(1);
    if (version > 1) {
      assertCallGoesOn(shell);
    }
    if (version > 2) {
      shell.signal("rung", Map.of());
      shell.readNotes();
      assertThat(shell.status(id(shell, "SIGNAL"))).isEqualTo("completed");
    }
    if (version > 4) {
      String caller = shell.start("by-tag", "TAG");
      shell.deliverCalls();
      assertThat(shell.status(caller)).isEqualTo("completed");
    }
    if (version > 5) {
      assertThat(shell.database.number("select sum(deaths) from millrace_begun")).isEqualTo(1);
    }
    assertThat(shell.history(id(shell, "ENDED"))).hasSize(2);
    shell.clock.advance(Duration.ofDays(20_000));
    while (shell.database.inTransaction(() -> shell.expiry.deleteInstances(archived -> {}))) {
      // Until all is gone that has ended, before the migration too.
    }
    assertThat(
            shell.database.number(
                "select count(*) from millrace_instance"
                    + " where ended_at is not null and caller_id is null"))
        .isZero();
  }

  private static void assertCallGoesOn(Shell shell) {
    String caller = find(shell, new InstanceQuery("caller", null, null, null, null, 0, 1));
    String called =
        shell
            .database
            .inTransaction(() -> shell.database.hierarchy.calledBy(List.of(caller)))
            .get(0)
            .id();
    shell.execute(called, new Command.Cancel());
    shell.deliverCalls();
    assertThat(shell.read(caller).state().incidents()).hasSize(1);
  }

  private static String id(Shell shell, String businessKey) {
    return find(shell, new InstanceQuery(null, businessKey, null, null, null, 0, 1));
  }

  private static String find(Shell shell, InstanceQuery query) {
    return shell.database.inTransaction(
        () -> shell.database.overview.instances(query).items().get(0).id());
  }

  private static void fire(Shell shell, String instance) {
    shell.execute(instance, new Command.Fire(shell.wait(instance, "later").id(), true));
  }

  private static void send(Shell shell, String businessKey) {
    shell.send(new EventRequest("paid", businessKey, null, null, null, 0, Map.of()));
  }
}
