package org.millrace.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.api.operation.EventRequest;
import org.millrace.api.operation.EventResult;
import org.millrace.persistence.TestDatabase;

/** Many messages in one transaction do what they do one after the other. */
@ParameterizedClass
@EnumSource
class EventGroupTest {

  private static final int GROUP = 16;

  /** Waits for "first" and then for "second"; it may be started by "begin". */
  private static final String TWICE =
      """
      <message id="m0" name="begin"/><message id="m1" name="first"/><message id="m2" name="second"/>
      <process id="w" isExecutable="true">
        <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="c1"/>
        <startEvent id="b"><messageEventDefinition messageRef="m0"/></startEvent>
        <sequenceFlow id="f0" sourceRef="b" targetRef="c1"/>
        <intermediateCatchEvent id="c1"><messageEventDefinition messageRef="m1"/></intermediateCatchEvent>
        <sequenceFlow id="f2" sourceRef="c1" targetRef="c2"/>
        <intermediateCatchEvent id="c2"><messageEventDefinition messageRef="m2"/></intermediateCatchEvent>
        <sequenceFlow id="f3" sourceRef="c2" targetRef="e"/><endEvent id="e"/>
      </process>
      """;

  private final Shell shell;

  EventGroupTest(TestDatabase.Kind kind) {
    shell = new Shell(TestDatabase.of(kind));
  }

  @BeforeEach
  void deploy() {
    shell.database.clear();
    shell.deploy(TWICE);
  }

  private static EventRequest event(String message, @Nullable String businessKey) {
    return event(message, businessKey, null, 0);
  }

  private static EventRequest event(
      String message, @Nullable String businessKey, @Nullable String requestId, long timeToLive) {
    return new EventRequest(
        message, businessKey, null, null, requestId, timeToLive, Map.of("last", message));
  }

  private static EventResult delivered(String instance) {
    return new EventResult("delivered", instance);
  }

  @Test
  void givenTwoForOneInstance_thenTheSecondFindsTheWaitThatTheFirstOpened() {
    String id = shell.start("w", "B-1");
    String other = shell.start("w", "B-2");

    List<EventResult> results =
        shell.sendTogether(
            List.of(event("first", "B-1"), event("second", "B-1"), event("second", "B-2")));

    assertThat(results)
        .containsExactly(delivered(id), delivered(id), new EventResult("unmatched", null));
    assertThat(shell.status(id)).isEqualTo("completed");
    assertThat(shell.read(id).state().variables()).containsEntry("last", "second");
    assertThat(shell.history(id)).containsSubsequence("c1 completed 1", "c2 completed 1");
    assertThat(shell.status(other)).isEqualTo("running");
    assertThat(shell.database.number("select count(*) from millrace_message_wait")).isEqualTo(1);
  }

  @Test
  void givenOneThatStartsAnInstance_thenTheNextOnesReachIt() {
    List<EventResult> results =
        shell.sendTogether(
            List.of(event("begin", "B-1"), event("first", "B-1"), event("second", "B-1")));

    String id = results.get(0).instanceId();
    assertThat(results)
        .containsExactly(new EventResult("started", id), delivered(id), delivered(id));
    assertThat(shell.status(id)).isEqualTo("completed");
    assertThat(shell.database.number("select count(*) from millrace_message_wait")).isZero();
  }

  @Test
  void givenOneThatIsKept_thenAnInstanceThatBeginsBehindItHasIt() {
    List<EventResult> results =
        shell.sendTogether(List.of(event("first", "B-1", null, 60_000), event("begin", "B-1")));

    assertThat(results.get(0).state()).isEqualTo("kept");
    String id = results.get(1).instanceId();
    assertThat(shell.wait(id, "c2").name()).isEqualTo("second");
    assertThat(shell.database.number("select count(*) from millrace_kept_event")).isZero();
  }

  @Test
  void givenMoreThanAreLookedUpForOne_thenEachTakesTheOldestThatIsLeft() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < GROUP; i++) {
      ids.add(shell.start("w", "B-" + i));
      shell.clock.advance(Duration.ofMillis(1));
    }

    List<EventResult> results =
        shell.sendTogether(IntStream.range(0, GROUP).mapToObj(i -> event("first", null)).toList());

    assertThat(results).extracting(EventResult::instanceId).containsExactlyElementsOf(ids);
  }

  @Test
  void givenARequestIdTwice_thenTheSecondIsAnsweredLikeTheFirst() {
    String id = shell.start("w", "B-1");
    shell.clock.advance(Duration.ofMillis(1));
    shell.start("w", "B-1");

    assertThat(
            shell.sendTogether(
                List.of(event("first", "B-1", "R-1", 0), event("first", "B-1", "R-1", 0))))
        .containsExactly(delivered(id), delivered(id));
  }

  @Test
  void givenOneThatIsRefused_thenTheOthersAreServed() {
    String id = shell.start("w", "B-1");
    EventRequest bad = event("first", "x".repeat(256));

    assertThat(shell.sendTogether(List.of(bad, event("first", "B-1"))))
        .containsExactly(new EventResult("refused", null), delivered(id));
  }

  @Test
  void givenManyForAsManyInstances_thenTheyCostNoMoreStatementsThanOne() {
    List<EventRequest> events = new ArrayList<>();
    for (int i = 0; i < GROUP; i++) {
      shell.start("w", "B-" + i);
      events.add(event("first", "B-" + i));
    }

    List<String> statements = shell.database.statements(() -> shell.together(events));

    // Whether any came before these, who waits, the lock, the new states, the history, the wait
    // that goes, the one that comes, and whether a message for that one came before.
    assertThat(statements).hasSize(8);
    assertThat(shell.database.number("select count(*) from millrace_message_wait"))
        .isEqualTo(GROUP);
  }

  @Test
  void givenManyForNobody_thenItIsAskedOnceWhoWaitsForThem() {
    List<EventRequest> events =
        IntStream.range(0, GROUP).mapToObj(i -> event("first", "B-" + i, null, 60_000)).toList();

    List<String> statements = shell.database.statements(() -> shell.together(events));

    assertThat(statements).filteredOn(sql -> sql.contains("millrace_message_wait")).hasSize(1);
    assertThat(shell.database.number("select count(*) from millrace_kept_event")).isEqualTo(GROUP);
  }

  @Test
  void givenManyStartsTogether_thenTheyCostNoMoreStatementsThanOne() {
    shell.start("w", "B-0"); // Compiled once.
    shell.sendTogether(List.of(event("first", "B-0"), event("second", "B-0")));

    List<String> statements =
        shell.database.statements(
            () ->
                shell.engine.together(
                    () -> IntStream.range(0, GROUP).forEach(i -> shell.begin("w", "B-" + i))));

    // The newest version, the states, the history, the waits, and whether a message came before.
    assertThat(statements).hasSize(5);
    assertThat(shell.database.number("select count(*) from millrace_message_wait"))
        .isEqualTo(GROUP);
  }
}
