package org.millrace.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.api.operation.StartRequest;
import org.millrace.kernel.command.Command;
import org.millrace.persistence.TestDatabase;

/** What has had its time is deleted with all its rows, and nothing else. */
@ParameterizedClass
@EnumSource
class ExpiryTest {

  private static final String PROCESS =
      """
      <process id="%s" isExecutable="true" %s>
        <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
        <userTask id="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="e"/><endEvent id="e"/>
      </process>
      """;

  private static final String CALLER =
      """
      <process id="caller" isExecutable="true" millrace:historyTimeToLive="P1D">
        <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="c"/>
        <callActivity id="c" calledElement="short"/>
        <sequenceFlow id="f2" sourceRef="c" targetRef="e"/><endEvent id="e"/>
      </process>
      """;

  /** All tables with rows of instances. */
  private static final List<String> TABLES =
      List.of("history", "message_wait", "signal_wait", "timer", "task", "incident", "reply");

  private final Shell shell;
  private final List<String> archived;

  ExpiryTest(TestDatabase.Kind kind) {
    shell = new Shell(TestDatabase.of(kind));
    archived = shell.database.transactional(new ArrayList<>());
  }

  @BeforeEach
  void clear() {
    shell.database.clear();
    shell.deploy(PROCESS.formatted("short", "millrace:historyTimeToLive=\"PT1H\""));
    shell.deploy(PROCESS.formatted("long", ""));
  }

  private boolean round() {
    return shell.database.inTransaction(
        () ->
            shell.expiry.deleteInstances(
                instances -> instances.forEach(one -> archived.add(one.id()))));
  }

  private void deleteAll() {
    while (round()) {
      assertThat(archived).hasSizeLessThan(1_000);
    }
  }

  private Instant next() {
    return shell.database.inTransaction(shell.expiry::next);
  }

  private String ended(String process) {
    String id = shell.start(process, "B-1");
    shell.complete(id, "a");
    return id;
  }

  private boolean exists(String id) {
    return shell.database.number("select count(*) from millrace_instance where id = '" + id + "'")
        == 1;
  }

  private long rows(String id) {
    return TABLES.stream()
        .mapToLong(
            table ->
                shell.database.number(
                    "select count(*) from millrace_%s where instance_id = '%s'"
                        .formatted(table, id)))
        .sum();
  }

  @Test
  void givenEndedInstances_whenTheirTimeIsOver_thenTheyGoWithAllTheirRows_andNoOthers() {
    String over = ended("short");
    String running = shell.start("short", "B-2");
    String kept = ended("long");
    assertThat(rows(over)).isPositive();
    assertThat(shell.expected).contains(shell.clock.instant().plus(Duration.ofHours(1)));
    assertThat(next()).isEqualTo(shell.clock.instant().plus(Duration.ofHours(1)));

    shell.clock.advance(Duration.ofMinutes(59));
    deleteAll();
    assertThat(archived).isEmpty();
    shell.clock.advance(Duration.ofMinutes(1));
    deleteAll();

    assertThat(archived).containsExactly(over);
    assertThat(exists(over)).isFalse();
    assertThat(rows(over)).isZero();
    assertThat(shell.status(running)).isEqualTo("running");
    assertThat(shell.status(kept)).isEqualTo("completed");
    shell.clock.advance(Duration.ofDays(180));
    deleteAll();
    assertThat(exists(kept)).isFalse();
    assertThat(next()).as("nothing more, as long as nothing ends").isNull();
  }

  @Test
  void givenManyEndedInstances_thenEachRoundDeletesAPieceOfThem() {
    for (int i = 0; i < 120; i++) {
      ended("short");
    }
    shell.clock.advance(Duration.ofHours(1));

    assertThat(round()).isTrue();
    assertThat(archived).hasSize(50);
    deleteAll();
    assertThat(archived).hasSize(120).doesNotHaveDuplicates();
    assertThat(shell.database.number("select count(*) from millrace_history")).isZero();
  }

  @Test
  void givenAnArchiveThatFails_thenNothingIsDeleted() {
    String id = ended("short");
    shell.clock.advance(Duration.ofHours(1));

    assertThatThrownBy(
            () ->
                shell.database.inTransaction(
                    () ->
                        shell.expiry.deleteInstances(
                            instances -> {
                              throw new IllegalStateException("the disk is full");
                            })))
        .hasMessage("the disk is full");

    assertThat(exists(id)).isTrue();
    assertThat(rows(id)).isPositive();
  }

  @Test
  void givenACalledInstance_thenItIsKeptAsLongAsItsCaller_andGoesWithIt() {
    shell.deploy(CALLER);
    String caller = shell.start("caller", "B-1");
    shell.deliverCalls();
    String called = CalledInstances.id(caller, 3, 1);
    shell.complete(called, "a");
    shell.deliverCalls();
    assertThat(shell.status(caller)).isEqualTo("completed");

    shell.clock.advance(Duration.ofHours(2));
    deleteAll();
    assertThat(exists(called)).isTrue();
    shell.clock.advance(Duration.ofDays(1));
    deleteAll();

    assertThat(archived).containsExactly(caller, called);
    assertThat(exists(called)).isFalse();
    assertThat(rows(called)).isZero();
  }

  @Test
  void givenACallerWhoseCalledInstanceHasNotEnded_thenItWaitsForThat() {
    shell.deploy(CALLER);
    String caller = shell.start("caller", "B-1");
    shell.deliverCalls();
    String called = CalledInstances.id(caller, 3, 1);
    shell.execute(caller, new Command.Cancel()); // The message that cancels the other is under way.
    shell.clock.advance(Duration.ofDays(1));
    deleteAll();
    assertThat(exists(caller)).isTrue();

    shell.deliverCalls();
    shell.clock.advance(Duration.ofHours(1));
    deleteAll();

    assertThat(exists(caller)).isFalse();
    assertThat(exists(called)).isFalse();
  }

  @Test
  void givenARequest_whenSevenDaysHavePassed_thenItIsForgotten_andNotBefore() {
    StartRequest request = new StartRequest("long", null, null, "r", 4, Map.of());
    String first = shell.start(request, null, false);
    assertThat(shell.expected).contains(shell.clock.instant().plus(Duration.ofDays(7)));
    assertThat(next()).isEqualTo(shell.clock.instant().plus(Duration.ofDays(7)));

    shell.clock.advance(Duration.ofDays(7));
    forget();
    assertThat(shell.start(request, null, false)).isEqualTo(first);
    shell.clock.advance(Duration.ofSeconds(1));
    forget();

    assertThat(shell.start(request, null, false)).isNotEqualTo(first);
  }

  private void forget() {
    assertThat(shell.database.<Boolean>inTransaction(shell.expiry::forgetRequests)).isFalse();
  }
}
