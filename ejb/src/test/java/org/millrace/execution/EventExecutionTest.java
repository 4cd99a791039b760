package org.millrace.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.api.operation.EventRequest;
import org.millrace.api.operation.EventResult;
import org.millrace.api.operation.Refusal;
import org.millrace.api.operation.StartRequest;
import org.millrace.kernel.command.Command;
import org.millrace.persistence.TestDatabase;

/** Signals, conditions and timers that start processes, through the whole shell. */
@ParameterizedClass
@EnumSource
class EventExecutionTest {

  private static final String WAITING =
      """
      <signal id="alarm" name="alarm"/>
      <process id="w" isExecutable="true">
        <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="c"/>
        <intermediateCatchEvent id="c"><signalEventDefinition signalRef="alarm"/></intermediateCatchEvent>
        <sequenceFlow id="f2" sourceRef="c" targetRef="a"/><serviceTask id="a"/>
      </process>
      """;

  private static final String STARTED_BY_SIGNAL =
      """
      <signal id="alarm" name="alarm"/>
      <process id="b" isExecutable="true">
        <startEvent id="s"><signalEventDefinition signalRef="alarm"/></startEvent>
        <sequenceFlow id="f1" sourceRef="s" targetRef="%s"/><serviceTask id="%1$s"/>
      </process>
      """;

  private static final String THROWING =
      """
      <signal id="alarm" name="alarm"/>
      <process id="t" isExecutable="true">
        <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
        <serviceTask id="a"/><boundaryEvent id="b" attachedToRef="a" cancelActivity="false">
          <signalEventDefinition signalRef="alarm"/></boundaryEvent>
        <sequenceFlow id="f2" sourceRef="a" targetRef="e"/>
        <endEvent id="e"><extensionElements/><signalEventDefinition signalRef="alarm"/></endEvent>
      </process>
      """;

  private final Shell shell;

  EventExecutionTest(TestDatabase.Kind kind) {
    shell = new Shell(TestDatabase.of(kind));
  }

  @BeforeEach
  void clear() {
    shell.database.clear();
  }

  private long count(String table) {
    return shell.database.number("select count(*) from millrace_" + table);
  }

  private long instancesOf(String process) {
    return shell.database.number(
        "select count(*) from millrace_instance where process = '" + process + "'");
  }

  private String waits(String instance) {
    return shell.read(instance).state().waits().stream()
        .map(wait -> wait.element() + " " + wait.kind().word())
        .sorted()
        .reduce("", (all, one) -> all.isEmpty() ? one : all + ", " + one);
  }

  @Test
  void givenSeveralThatWait_whenASignalIsSent_thenEachHasItInATransactionOfItsOwn() {
    shell.deploy(WAITING);
    String one = shell.start("w", "1");
    String two = shell.start("w", "2");

    shell.signal("other", Map.of());
    shell.signal("alarm", Map.of("x", 7L));
    assertThat(waits(one)).isEqualTo("c signal");
    assertThat(shell.notes).hasSize(2);
    Runnable duplicate = shell.notes.get(0);
    shell.readNotes();

    for (String id : List.of(one, two)) {
      assertThat(waits(id)).isEqualTo("a work");
      assertThat(shell.read(id).state().variables()).containsEntry("x", 7L);
    }
    assertThat(count("signal_wait")).isZero();
    shell.database.inTransaction(duplicate);
    assertThat(waits(one)).isEqualTo("a work");
  }

  @Test
  void givenOneThatWaits_whenASignalIsSent_thenItHasItAtOnce() {
    shell.deploy(WAITING);
    String one = shell.start("w", "1");

    shell.signal("alarm", Map.of());

    assertThat(waits(one)).isEqualTo("a work");
    assertThat(shell.notes).isEmpty();
  }

  @Test
  void givenAProcess_whenItsSignalIsSent_thenItsNewestVersionBeginsOnce() {
    shell.deploy(STARTED_BY_SIGNAL.formatted("a"));
    shell.deploy(STARTED_BY_SIGNAL.formatted("a2"));
    shell.deploy(WAITING);
    String waiting = shell.start("w", "1");

    shell.signal("alarm", Map.of("x", 7L));
    shell.readNotes();

    assertThat(instancesOf("b")).isEqualTo(1);
    assertThat(shell.take("work")).contains("work a2 1");
    assertThat(waits(waiting)).isEqualTo("a work");
    shell.deploy(WAITING.replace("id=\"w\"", "id=\"b\""));
    shell.signal("alarm", Map.of());
    assertThat(instancesOf("b")).as("the newest version no longer begins so").isEqualTo(1);
  }

  @Test
  void givenOneThatThrowsASignal_thenAllOthersHaveItAndNobodyTwice() {
    shell.deploy(WAITING);
    shell.deploy(THROWING);
    String waiting = shell.start("w", "1");
    String other = shell.start("t", "2");
    String thrower = shell.start("t", "3");

    shell.execute(thrower, new Command.Complete(shell.wait(thrower, "a").id(), 0, Map.of()));
    assertThat(shell.take("signal")).containsExactly("signal alarm {}");
    shell.readNotes();

    assertThat(shell.status(thrower)).isEqualTo("completed");
    assertThat(waits(waiting)).isEqualTo("a work");
    assertThat(waits(other)).isEqualTo("a work, b signal");
    assertThat(shell.history(other)).contains("b completed 1");
    assertThat(shell.history(thrower)).doesNotContain("b completed 1");
  }

  private static String timed(String timer, String task) {
    return """
    <process id="n" isExecutable="true">
      <startEvent id="s"><timerEventDefinition %s</timerEventDefinition></startEvent>
      <sequenceFlow id="f1" sourceRef="s" targetRef="%s"/><serviceTask id="%2$s"/>
    </process>
    """
        .formatted(timer, task);
  }

  @Test
  void givenATimerThatStartsAProcess_whenItIsDue_thenOneInstanceBeginsForEachTime() {
    shell.deploy(timed("><timeCycle>R2/PT5M</timeCycle>", "a"));
    assertThat(shell.take("start")).containsExactly("start n 1 2030-01-01T12:05:00Z");
    Runnable first = shell.notes.remove(0);

    shell.database.inTransaction(first);
    assertThat(instancesOf("n")).as("too early").isZero();
    shell.notes.clear();
    shell.clock.advance(Duration.ofMinutes(5));
    shell.database.inTransaction(first);
    shell.database.inTransaction(first);
    assertThat(instancesOf("n")).isEqualTo(1);
    assertThat(shell.notes).hasSize(1);

    shell.clock.advance(Duration.ofMinutes(5));
    shell.readNotes();
    assertThat(instancesOf("n")).isEqualTo(2);
    assertThat(count("start_timer")).isZero();
  }

  @Test
  void givenATimerThatStartsAProcess_whenANewVersionComes_thenOnlyItsOwnTimerCounts() {
    shell.deploy(timed("><timeCycle>R/PT5M</timeCycle>", "a"));
    shell.deploy(timed("><timeDuration>PT5M</timeDuration>", "a2"));
    shell.clock.advance(Duration.ofMinutes(5));

    shell.readNotes();

    assertThat(instancesOf("n")).isEqualTo(1);
    assertThat(shell.take("work")).containsExactly("work a2 1");
    assertThat(count("start_timer")).isZero();
  }

  @Test
  void givenATimerThatIsDueBeforeItsDeploymentCanBeSeen_thenItIsLookedAtAgain() {
    shell.database.uncommitted(
        () ->
            shell.deployments.deploy(
                "n.bpmn",
                Shell.document(timed("><timeDate>2029-12-31T12:00:00Z</timeDate>", "a"))
                    .getBytes(UTF_8)),
        () -> assertThat(shell.database.inTransaction(this::fire)).isFalse());

    assertThat(shell.database.inTransaction(this::fire)).isTrue();

    assertThat(instancesOf("n")).isEqualTo(1);
  }

  private boolean fire() {
    return shell.startTimers.fire("n", "s", 0, 1, Instant.parse("2029-12-31T12:00:00Z"));
  }

  @Test
  void givenACycle_whenOneOfItsStartsIsRefused_thenTheNextTimeComesAllTheSame() {
    shell.deploy(
        timed("><timeCycle>R2/PT5M</timeCycle>", "a")
            .replace(
                "<timerEventDefinition",
                "<extensionElements><millrace:output target='x' source='${missing}'/>"
                    + "</extensionElements><timerEventDefinition"));
    shell.take("start");
    shell.clock.advance(Duration.ofMinutes(5));
    Runnable note = shell.notes.remove(0);

    // As the bean does it: the note is kept with the reason, in this transaction.
    shell.database.inTransaction(
        () -> {
          assertThatThrownBy(note::run).isInstanceOf(Refusal.class);
        });

    assertThat(shell.take("start")).containsExactly("start n 1 2030-01-01T12:10:00Z");
    assertThat(due()).isEqualTo(Shell.T0.plus(Duration.ofMinutes(10)));
  }

  @Test
  void givenAFarTimer_whenItsBucketIsNear_thenItIsHandedOver() {
    shell.deploy(timed("><timeDate>2030-01-02T12:00:00Z</timeDate>", "a"));
    assertThat(shell.notes).isEmpty();
    long bucket = Long.parseLong(shell.take("bucket").get(0).split(" ", -1)[1]);

    shell.wake(bucket);

    assertThat(shell.take("start")).containsExactly("start n 1 2030-01-02T12:00:00Z");
  }

  @Test
  void givenACycle_whenTheServerWasDown_thenItsPolicySaysWhatBecomesOfTheMissedTimes() {
    assertThat(begunAfterAnHour("")).isEqualTo(1);
    assertThat(begunAfterAnHour("millrace:missed='all'")).isEqualTo(13);
    assertThat(begunAfterAnHour("millrace:missed='skip'")).isZero();
  }

  /** Every five minutes; down for an hour, and two minutes more. */
  private long begunAfterAnHour(String policy) {
    shell.database.clear();
    Shell down = new Shell(shell.database);
    down.deploy(timed(policy + "><timeCycle>0 0/5 * * * ?</timeCycle>", "a"));
    down.clock.advance(Duration.ofMinutes(62));
    while (due().isBefore(down.clock.instant())) {
      down.database.inTransaction(down.notes.remove(0));
    }
    assertThat(due()).isEqualTo(Shell.T0.plus(Duration.ofMinutes(65)));
    return instancesOf("n");
  }

  private Instant due() {
    return shell.database.inTransaction(() -> shell.database.startTimers.lock("n", "s", 0).due());
  }

  @Test
  void givenATimeThatCannotBeEvaluated_whenDeployed_thenItIsRefused() {
    assertThatThrownBy(() -> shell.deploy(timed("><timeDuration>${wait}</timeDuration>", "a")))
        .isInstanceOf(DeploymentRefused.class);
    assertThatThrownBy(() -> shell.deploy(timed("><timeDuration>= \"soon\"</timeDuration>", "a")))
        .isInstanceOf(DeploymentRefused.class)
        .hasMessageContaining("startEvent: ")
        .hasMessageContaining("\"soon\" is not an ISO 8601 duration");
    assertThatThrownBy(() -> shell.deploy(timed("><timeDuration>= soon</timeDuration>", "a")))
        .isInstanceOf(DeploymentRefused.class)
        .hasMessageContaining("startEvent: what starts it is null");
  }

  @Test
  void givenConditionsAlone_whenStarted_thenItBeginsWhereOneHolds() {
    shell.deploy(
        """
        <process id="c" isExecutable="true">
          <startEvent id="s1"><conditionalEventDefinition><condition>=x &gt; 1</condition></conditionalEventDefinition></startEvent>
          <sequenceFlow id="f1" sourceRef="s1" targetRef="a"/><serviceTask id="a"/>
          <startEvent id="s2"><conditionalEventDefinition><condition>=x &gt; 5</condition></conditionalEventDefinition></startEvent>
          <sequenceFlow id="f2" sourceRef="s2" targetRef="b"/><serviceTask id="b"/>
        </process>
        """);

    assertThat(waits(start("c", Map.of("x", 2L)))).isEqualTo("a work");
    assertThat(waits(start("c", Map.of("x", 6L)))).isEqualTo("a work, b work");
    assertThatThrownBy(() -> start("c", Map.of("x", 1L)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("none of its conditions holds");
  }

  private String start(String process, Map<String, Object> variables) {
    return shell.start(new StartRequest(process, null, null, null, 4, variables), null, false);
  }

  private static String startedBy(String process, String definitions) {
    return """
        <message id="m1" name="m1"/><message id="m2" name="m2"/>
        <process id="%s" isExecutable="true">
          <startEvent id="s" parallelMultiple="true">%s</startEvent>
          <sequenceFlow id="f" sourceRef="s" targetRef="a"/><serviceTask id="a"/>
        </process>
        """
        .formatted(process, definitions);
  }

  private EventResult send(String message, String businessKey) {
    return shell.send(new EventRequest(message, businessKey, null, null, null, 0, Map.of()));
  }

  @Test
  void givenProcessesThatOneMessageStarts_thenEachIsStarted() {
    String definition = "<messageEventDefinition messageRef='m1'/>";
    shell.deploy(startedBy("p-b", definition));
    shell.clock.advance(Duration.ofSeconds(1));
    shell.deploy(startedBy("p-c", definition));
    shell.clock.advance(Duration.ofSeconds(1));
    shell.deploy(startedBy("p-a", definition));

    EventResult result = send("m1", "B-1");

    assertThat(shell.read(result.instanceId()).process()).as("deployed last").isEqualTo("p-a");
    assertThat(List.of(instancesOf("p-a"), instancesOf("p-b"), instancesOf("p-c")))
        .containsExactly(1L, 1L, 1L);
  }

  @Test
  void givenAStartByTwoMessages_whenTheSecondComes_thenTheInstanceOfItsKeyGoesOn() {
    shell.deploy(
        startedBy(
            "p",
            "<messageEventDefinition messageRef='m1'/><messageEventDefinition messageRef='m2'/>"));
    String one = send("m1", "B-1").instanceId();
    String two = send("m2", "B-2").instanceId();
    assertThat(waits(one) + ", " + waits(two)).isEqualTo("s message, s message");

    assertThat(send("m1", "B-2").instanceId()).isEqualTo(two);
    assertThat(send("m2", "B-1").instanceId()).isEqualTo(one);

    assertThat(waits(one) + ", " + waits(two)).isEqualTo("a work, a work");
    assertThat(shell.history(one)).isNotEmpty();
    assertThat(instancesOf("p")).isEqualTo(2);
  }

  @Test
  void givenAConditionThatIsWaitedFor_whenAVariableIsSet_thenTheInstanceGoesOn() {
    shell.deploy(
        """
        <process id="c" isExecutable="true">
          <startEvent id="s"/><sequenceFlow id="f0" sourceRef="s" targetRef="w"/>
          <intermediateCatchEvent id="w"><conditionalEventDefinition><condition>=x &gt; 1</condition></conditionalEventDefinition></intermediateCatchEvent>
          <sequenceFlow id="f1" sourceRef="w" targetRef="a"/><serviceTask id="a"/>
        </process>
        """);
    String id = start("c", Map.of());
    assertThat(waits(id)).isEqualTo("w condition");

    shell.execute(id, new Command.SetVariables(Map.of("x", 2L)));

    assertThat(waits(id)).isEqualTo("a work");
  }
}
