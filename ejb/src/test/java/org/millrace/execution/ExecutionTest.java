package org.millrace.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.api.operation.DefinitionView;
import org.millrace.api.operation.EventRequest;
import org.millrace.api.operation.EventResult;
import org.millrace.api.operation.InstanceView.FailureView;
import org.millrace.api.operation.Refusal;
import org.millrace.api.operation.StartRequest;
import org.millrace.execution.ReplyStore.ReplyTo;
import org.millrace.kernel.command.Command;
import org.millrace.persistence.TestDatabase;

@ParameterizedClass
@EnumSource
class ExecutionTest {

  private static final String ONE_STAGE =
      """
      <process id="p" isExecutable="true">
        <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
        <serviceTask id="a" millrace:stage="stage-a"/>
        <sequenceFlow id="f2" sourceRef="a" targetRef="e"/><endEvent id="e"/>
      </process>
      """;

  private static final String WAITING =
      """
      <message id="m" name="paid"/>
      <process id="w" isExecutable="true">
        <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
        <serviceTask id="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="c"/>
        <intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>
        <sequenceFlow id="f3" sourceRef="c" targetRef="e"/><endEvent id="e"/>
      </process>
      """;

  private static final String TIMED =
      """
      <process id="t" isExecutable="true">
        <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="c"/>
        <intermediateCatchEvent id="c"><timerEventDefinition>
          <timeDuration>=duration</timeDuration></timerEventDefinition></intermediateCatchEvent>
        <sequenceFlow id="f2" sourceRef="c" targetRef="e"/><endEvent id="e"/>
      </process>
      """;

  private static final ReplyTo CLIENT = new ReplyTo("millrace.reply.client", "1");

  private final Shell shell;

  ExecutionTest(TestDatabase.Kind kind) {
    shell = new Shell(TestDatabase.of(kind));
  }

  @BeforeEach
  void clear() {
    shell.database.clear();
  }

  private static EventRequest paid(
      @Nullable String businessKey, @Nullable String requestId, long timeToLive) {
    return new EventRequest(
        "paid", businessKey, null, null, requestId, timeToLive, Map.of("amount", 5L));
  }

  @Test
  void givenAProcess_whenStartedAndAnswered_thenEachStepIsStoredAndSent() {
    shell.deploy(ONE_STAGE);

    String id = shell.start("p", "B-1");
    assertThat(shell.status(id)).isEqualTo("running");
    assertThat(shell.take("work")).containsExactly("work stage-a 1");

    shell.complete(id, "a");
    assertThat(shell.status(id)).isEqualTo("completed");
    assertThat(shell.history(id))
        .containsExactly("s completed 1", "a completed 1", "e completed 1");
  }

  @Test
  void givenWork_whenAnsweredTwice_thenTheSecondAnswerChangesNothing() {
    shell.deploy(ONE_STAGE);
    String id = shell.start("p", "B-1");
    Command answer = new Command.Complete(shell.wait(id, "a").id(), 1, Map.of());
    shell.execute(id, answer);
    long step = shell.read(id).step();

    assertThat(shell.execute(id, answer).toString()).contains("STALE");
    assertThat(shell.read(id).step()).isEqualTo(step);
  }

  @Test
  void givenNoSuchProcessOrVersion_whenStarted_thenRefusedWithAReason() {
    shell.deploy(ONE_STAGE);

    assertThatThrownBy(() -> shell.start("q", "B-1"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("process \"q\" is not deployed");
    assertThatThrownBy(
            () ->
                shell.start(
                    new org.millrace.api.operation.StartRequest("p", 2, null, null, 4, Map.of()),
                    null,
                    false))
        .hasMessageContaining("has no version 2; its newest is 1");
    assertThatThrownBy(() -> shell.start("p", "x".repeat(256)))
        .hasMessageContaining("businessKey has 256 characters");
  }

  @Test
  void givenARequestId_whenStartedAgain_thenThereIsOneInstanceAndBothAreAnswered() {
    shell.deploy(ONE_STAGE);
    String first = shell.start(Shell.request("p", "B-1", "R-1"), CLIENT, true);
    assertThat(shell.take("reply")).containsExactly("reply 1 running {n=1}");

    String again = shell.start(Shell.request("p", "B-1", "R-1"), new ReplyTo("other", "2"), true);
    assertThat(again).isEqualTo(first);
    assertThat(shell.take("reply")).containsExactly("reply 2 running {n=1}");

    shell.complete(first, "a");
    assertThat(shell.take("reply"))
        .containsExactly("reply 1 completed {n=1}", "reply 2 completed {n=1}");

    shell.start(Shell.request("p", "B-1", "R-1"), new ReplyTo("late", "3"), false);
    assertThat(shell.take("reply")).containsExactly("reply 3 completed {n=1}");
    assertThat(shell.take("work")).hasSize(1);
  }

  @Test
  void givenAnInstanceNobodyWaitedFor_whenASecondRequestAsksForItsEnd_thenItIsTold() {
    shell.deploy(ONE_STAGE);
    String id = shell.start(Shell.request("p", "B-1", "R-1"), null, false);
    shell.start(Shell.request("p", "B-1", "R-1"), CLIENT, false);

    shell.complete(id, "a");

    assertThat(shell.take("reply")).containsExactly("reply 1 completed {n=1}");
  }

  @Test
  void givenEightSendersOfOneRequest_whenTheyStartAtOnce_thenThereIsOneInstance() throws Exception {
    shell.deploy(ONE_STAGE);
    int senders = 8;
    CyclicBarrier together = new CyclicBarrier(senders);
    ExecutorService threads = Executors.newFixedThreadPool(senders);
    try {
      List<Future<String>> started =
          threads.invokeAll(
              java.util.Collections.nCopies(
                  senders,
                  () -> {
                    together.await();
                    return shell.start(Shell.request("p", "B-1", "R-1"), null, false);
                  }));
      Set<String> ids = new HashSet<>();
      for (Future<String> one : started) {
        ids.add(one.get());
      }
      assertThat(ids).hasSize(1);
      assertThat(shell.database.number("select count(*) from millrace_instance")).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void givenSeveralWaits_whenAMessageComes_thenTheOneItNamesHasIt() {
    shell.deploy(WAITING);
    String first = shell.start("w", "B-1");
    String second = shell.start("w", "B-2");
    shell.complete(first, "a");
    shell.complete(second, "a");

    assertThat(shell.send(paid("B-2", null, 0))).isEqualTo(new EventResult("delivered", second));
    assertThat(shell.status(first)).isEqualTo("running");
    assertThat(shell.status(second)).isEqualTo("completed");
    assertThat(shell.read(second).state().variables()).containsEntry("amount", 5L);
    assertThat(shell.send(paid("B-2", null, 0))).isEqualTo(new EventResult("unmatched", null));
  }

  @Test
  void givenTwoWaitsThatFit_whenOneMessageComes_thenTheOlderOneAloneHasIt() {
    String older = awaitingPayment();
    shell.clock.advance(Duration.ofSeconds(1));
    String younger = awaitingPayment();

    shell.send(paid("B-1", null, 0));

    assertThat(shell.status(older)).isEqualTo("completed");
    assertThat(shell.status(younger)).isEqualTo("running");
  }

  @Test
  void givenAnEventsRequestId_whenItIsSentAgain_thenItIsAnsweredLikeTheFirst() {
    String id = awaitingPayment();

    EventResult first = shell.send(paid("B-1", "R-1", 0));

    assertThat(first).isEqualTo(new EventResult("delivered", id));
    assertThat(shell.send(paid("B-1", "R-1", 0))).isEqualTo(first);
  }

  @Test
  void givenAnEarlyMessage_whenItsWaitOpens_thenItIsDeliveredInTheSameTransaction() {
    shell.deploy(WAITING);
    String id = shell.start(Shell.request("w", "B-1", null), CLIENT, false);
    assertThat(shell.send(paid("B-1", null, 60_000))).isEqualTo(new EventResult("kept", null));

    shell.complete(id, "a");

    assertThat(shell.status(id)).isEqualTo("completed");
    assertThat(shell.take("reply")).containsExactly("reply 1 completed {n=1, amount=5}");
    assertThat(shell.database.number("select count(*) from millrace_kept_event")).isZero();
  }

  @Test
  void givenSeveralEarlyMessages_whenAWaitOpensThatInterruptsNothing_thenItHasThemAll() {
    shell.deploy(
        """
        <message id="m" name="paid"/>
        <process id="b" isExecutable="true">
          <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
          <serviceTask id="a"/>
          <boundaryEvent id="p" attachedToRef="a" cancelActivity="false">
            <messageEventDefinition messageRef="m"/></boundaryEvent>
          <sequenceFlow id="f2" sourceRef="p" targetRef="n"/><serviceTask id="n"/>
        </process>
        """);
    shell.send(paid("B-1", null, 60_000));
    shell.send(paid("B-1", null, 60_000));

    shell.start("b", "B-1");

    assertThat(shell.take("work"))
        .containsOnlyOnce("work a 1")
        .filteredOn("work n 1"::equals)
        .hasSize(2);
    assertThat(shell.database.number("select count(*) from millrace_kept_event")).isZero();
  }

  @Test
  void givenAKeptMessageAndAWaitThatMissedEachOther_whenLookedAtAgain_thenTheyMeet() {
    String id = awaitingPayment();

    shell.lookAgain(missed());

    assertThat(shell.status(id)).isEqualTo("completed");
    assertThat(shell.database.number("select count(*) from millrace_kept_event")).isZero();
  }

  @Test
  void givenAMessageWhoseKeepingIsBeingCommitted_whenLookedAtAgain_thenThatIsWaitedFor() {
    String id = awaitingPayment();
    String kept = missed();
    WaitStore.KeptEvent[] late = new WaitStore.KeptEvent[1];
    shell.database.inTransaction(
        () -> {
          late[0] = shell.database.waits.lockKept(kept);
          shell.database.waits.drop(kept);
        });
    shell.commitLate(() -> shell.database.waits.keep(late[0]));

    shell.lookAgain(kept);

    assertThat(shell.status(id)).isEqualTo("completed");
  }

  @Test
  void givenAKeptMessageThatMissedItsWait_whenTheNextOneComes_thenTheOlderOneGoesFirst() {
    String older = awaitingPayment();
    shell.clock.advance(Duration.ofSeconds(1));
    String younger = awaitingPayment();
    missed();
    EventRequest next = new EventRequest("paid", "B-1", null, null, null, 0, Map.of("amount", 6L));

    assertThat(shell.send(next)).isEqualTo(new EventResult("delivered", younger));

    assertThat(shell.read(older).state().variables()).containsEntry("amount", 5L);
    assertThat(shell.read(younger).state().variables()).containsEntry("amount", 6L);
    assertThat(shell.database.number("select count(*) from millrace_kept_event")).isZero();
  }

  private String awaitingPayment() {
    shell.deploy(WAITING);
    String id = shell.start("w", "B-1");
    shell.complete(id, "a");
    return id;
  }

  private String keptId() {
    return shell.take("kept").get(0).replaceAll("^\\S+ (\\S+) .*$", "$1");
  }

  /** As if the wait had not been visible yet: nobody has that key when the message comes. */
  private String missed() {
    shell.send(paid("B-9", null, 60_000));
    String kept = keptId();
    shell.database.inTransaction(
        () -> {
          var event = shell.database.waits.lockKept(kept);
          shell.database.waits.drop(kept);
          shell.database.waits.keep(
              new WaitStore.KeptEvent(
                  kept,
                  "paid",
                  null,
                  "B-1",
                  null,
                  event.variables(),
                  event.at(),
                  event.expiresAt()));
        });
    return kept;
  }

  @Test
  void givenAnInstanceThatEndsAtOnce_whenItsStartIsToBeAcknowledged_thenThatIsToldFirst() {
    shell.deploy(
        "<process id='n' isExecutable='true'><startEvent id='s'/>"
            + "<sequenceFlow id='f' sourceRef='s' targetRef='e'/><endEvent id='e'/></process>");

    shell.start(Shell.request("n", "B-1", "R-1"), CLIENT, true);

    List<String> both = List.of("reply 1 running {n=1}", "reply 1 completed {n=1}");
    assertThat(shell.take("reply")).isEqualTo(both);
    shell.start(Shell.request("n", "B-1", "R-1"), CLIENT, true);
    assertThat(shell.take("reply")).isEqualTo(both);
  }

  @Test
  void givenAKeptMessage_thenItIsLookedAtEachTimeThatItHasBecomeTwiceAsOldUntilItExpires() {
    shell.send(paid("B-1", null, 5_000));
    String kept = shell.take("kept").get(0).replaceAll("^\\S+ (\\S+) (.*)$", "$1");
    for (int delay : new int[] {1, 1, 2, 1}) {
      shell.clock.advance(Duration.ofSeconds(delay));
      shell.lookAgain(kept);
    }
    assertThat(shell.take("kept"))
        .containsExactly(
            "kept " + kept + " PT1S", "kept " + kept + " PT2S", "kept " + kept + " PT1S");
    assertThat(shell.database.number("select count(*) from millrace_kept_event")).isZero();
  }

  @Test
  void givenAnEarlyMessageThatItsWaitCannotTake_whenTheWaitOpens_thenItIsKeptOn() {
    shell.deploy(
        """
        <message id="m" name="paid"/>
        <process id="w" isExecutable="true">
          <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
          <serviceTask id="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="c"/>
          <receiveTask id="c" messageRef="m">
            <extensionElements><millrace:output target="x" source="= assert(amount, false)"/></extensionElements>
          </receiveTask>
        </process>
        """);
    String id = shell.start("w", "B-1");
    shell.send(paid("B-1", null, 60_000));

    shell.complete(id, "a");

    assertThat(shell.wait(id, "c").name()).isEqualTo("paid");
    assertThat(shell.database.number("select count(*) from millrace_kept_event")).isEqualTo(1);
  }

  @Test
  void givenAnExpiredMessage_whenItsWaitOpens_thenItStillWaits() {
    shell.deploy(WAITING);
    String id = shell.start("w", "B-1");
    shell.send(paid("B-1", null, 1_000));
    String kept = keptId();
    shell.clock.advance(Duration.ofSeconds(2));

    shell.complete(id, "a");
    shell.lookAgain(kept);

    assertThat(shell.status(id)).isEqualTo("running");
    assertThat(shell.database.number("select count(*) from millrace_kept_event")).isZero();
  }

  @Test
  void givenAMessageStart_whenTheMessageComes_thenAnInstanceBegins() {
    shell.deploy(
        """
        <message id="m" name="ordered"/>
        <process id="p" isExecutable="true">
          <startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent>
          <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><serviceTask id="a"/>
        </process>
        """);

    EventResult result =
        shell.send(new EventRequest("ordered", "B-1", null, null, null, 0, Map.of()));

    assertThat(result.state()).isEqualTo("started");
    assertThat(shell.read(result.instanceId()).state().businessKey()).isEqualTo("B-1");
    assertThat(shell.status(shell.start("p", "B-2")))
        .as("its only start event")
        .isEqualTo("running");
  }

  @Test
  void givenANearTimer_thenItIsTheBrokersAndFiresWhenDueAlone() {
    shell.deploy(TIMED);
    String id = startTimed("PT3M");
    assertThat(shell.take("timer")).containsExactly("timer 2030-01-01T12:03:00Z");

    shell.execute(id, new Command.Fire(shell.wait(id, "c").id(), false));
    assertThat(shell.status(id)).isEqualTo("running");
    assertThat(shell.take("timer")).hasSize(1);

    shell.clock.advance(Duration.ofMinutes(3));
    shell.execute(id, new Command.Fire(shell.wait(id, "c").id(), false));
    assertThat(shell.status(id)).isEqualTo("completed");
  }

  @Test
  void givenFarTimers_thenOneMessageStandsForTheirBucketUntilTheyAreNear() {
    shell.deploy(TIMED);
    startTimed("PT1H1M");
    startTimed("PT1H2M");
    startTimed("PT1H6M");
    List<String> buckets = shell.take("bucket");
    assertThat(shell.take("timer")).isEmpty();
    assertThat(buckets).hasSize(2);
    assertThat(buckets.get(0)).endsWith("2030-01-01T12:55:00Z");

    shell.clock.advance(Duration.ofMinutes(55));
    shell.wake(number(buckets.get(0)));

    assertThat(shell.take("timer"))
        .containsExactly("timer 2030-01-01T13:01:00Z", "timer 2030-01-01T13:02:00Z");
    assertThat(shell.take("bucket")).isEmpty();
  }

  @Test
  void givenABucketOfManyTimers_thenEachTransactionHandsOverSome() {
    // All are due at the same moment, as where all of a day ends at midnight.
    String each = "<multiInstanceLoopCharacteristics><loopCardinality>500</loopCardinality>";
    shell.deploy(
        TIMED
            .replace(
                "sourceRef=\"s\" targetRef=\"c\"/>",
                "sourceRef=\"s\" targetRef=\"all\"/><subProcess id=\"all\">"
                    + each
                    + "</multiInstanceLoopCharacteristics>")
            .replace("<sequenceFlow id=\"f2\"", "</subProcess><sequenceFlow id=\"f2\"")
            .replace("sourceRef=\"c\"", "sourceRef=\"all\""));
    IntStream.range(0, 5).forEach(i -> startTimed("PT1H1M"));
    long bucket = number(shell.take("bucket").get(0));

    shell.wake(bucket);
    assertThat(shell.take("timer")).hasSize(1_000);
    shell.readNotes();

    assertThat(shell.take("timer")).hasSize(1_500);
    assertThat(shell.take("rest")).hasSize(2);
  }

  private static long number(String bucket) {
    return Long.parseLong(bucket.replaceAll("^\\S+ (\\S+) .*$", "$1"));
  }

  @Test
  void givenAFarTimerThatIsInDoubtWhenItsBucketIsWoken_thenItIsFoundOnceThatIsSettled() {
    shell.deploy(TIMED);
    startTimed("PT1H1M");
    long bucket = number(shell.take("bucket").get(0));
    shell.commitLate(() -> shell.starts.start(timed("PT1H2M"), null, false));

    shell.wake(bucket);

    assertThat(shell.take("timer"))
        .containsExactlyInAnyOrder("timer 2030-01-01T13:01:00Z", "timer 2030-01-01T13:02:00Z");
  }

  private String startTimed(String duration) {
    return shell.start(timed(duration), null, false);
  }

  private static StartRequest timed(String duration) {
    return new StartRequest("t", null, null, null, 4, Map.of("duration", duration));
  }

  @Test
  void givenADocument_whenDeployedAgain_thenOnlyAChangeMakesTheNextVersion() {
    String document = Shell.document(ONE_STAGE);
    assertThat(shell.deployDocument(document))
        .extracting(DefinitionView::version)
        .containsExactly(1);
    assertThat(shell.deployDocument(document))
        .extracting(DefinitionView::version)
        .containsExactly(1);
    String running = shell.start("p", "B-1");

    assertThat(shell.deployDocument(document.replace("stage-a", "stage-b")))
        .extracting(DefinitionView::version)
        .containsExactly(2);

    assertThat(shell.read(running).version()).isEqualTo(1);
    assertThat(shell.read(shell.start("p", "B-2")).version()).isEqualTo(2);
    assertThat(shell.take("work")).containsExactly("work stage-a 1", "work stage-b 1");
  }

  @Test
  void givenWorkThatFails_thenItsAttemptsAreInTheHistoryAndTheLastIsAnIncident() {
    shell.deploy(ONE_STAGE);
    String id = shell.start("p", "B-1");
    int work = shell.wait(id, "a").id();
    for (int attempt = 1; attempt <= 3; attempt++) {
      shell.execute(id, new Command.Fail(work, attempt, "no " + attempt, "trace " + attempt, true));
    }

    assertThat(shell.take("work"))
        .containsExactly("work stage-a 1", "work stage-a 2", "work stage-a 3");
    assertThat(shell.history(id)).containsExactly("s completed 1", "a active 3");
    assertThat(shell.entries(id).get(0).failures()).isEmpty();
    assertThat(shell.entries(id).get(1).failures())
        .extracting(FailureView::attempt, FailureView::message, FailureView::details)
        .containsExactly(
            tuple(1, "no 1", "trace 1"), tuple(2, "no 2", "trace 2"), tuple(3, "no 3", "trace 3"));
    assertThat(
            shell.database.inTransaction(
                () -> shell.database.overview.incidents("p", "stage-a", 0, 10).items()))
        .singleElement()
        .satisfies(
            incident -> {
              assertThat(incident.message()).isEqualTo("no 3");
              assertThat(incident.details()).isEqualTo("trace 3");
              assertThat(incident.attempts()).isEqualTo(3);
            });
  }
}
