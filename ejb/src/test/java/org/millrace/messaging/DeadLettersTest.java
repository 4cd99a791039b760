package org.millrace.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.execution.CalledInstances;
import org.millrace.execution.Instance;
import org.millrace.execution.Shell;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.state.Incident;
import org.millrace.persistence.TestDatabase;

/** What dies between two instances: by a real broker, from one to the other. */
class DeadLettersTest {

  private static final long PATIENCE_MILLIS = 5_000;

  private static final String CALLER =
      """
      <process id="caller" isExecutable="true">
        <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="c"/>
        <callActivity id="c" calledElement="called"/>
        <sequenceFlow id="f2" sourceRef="c" targetRef="after"/><userTask id="after"/>
        <boundaryEvent id="b" attachedToRef="c" cancelActivity="false">
          <escalationEventDefinition escalationRef="u"/></boundaryEvent>
        <sequenceFlow id="f3" sourceRef="b" targetRef="mend"/><userTask id="mend"/>
      </process>
      <escalation id="u" escalationCode="UP"/>
      """;

  private static final String CALLED =
      """
      <process id="called" isExecutable="true">
        <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
        <userTask id="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="e"/><endEvent id="e"/>
      </process>
      """;

  private final Shell shell = new Shell(TestDatabase.of(TestDatabase.Kind.H2));
  private final DeadLetters letters = new DeadLetters(shell.engine, shell.database.begun);
  private TestBroker broker;
  private String caller;
  private Instance called;

  @BeforeEach
  void begin() throws Exception {
    shell.database.clear();
    shell.deploy(CALLER);
    shell.deploy(CALLED);
    broker = new TestBroker();
    caller = shell.start("caller", "B-1");
    shell.deliverCalls();
    called = shell.read(CalledInstances.id(caller, shell.wait(caller, "c").id(), 1));
  }

  @AfterEach
  void end() throws Exception {
    broker.close();
  }

  /** The engine's bean takes it with its selector. */
  private void takeDeadLetter() {
    takeDeadLetter(letter -> {});
  }

  private void takeDeadLetter(ThrowingConsumer<Message> before) {
    try (JMSContext context = broker.context(JMSContext.AUTO_ACKNOWLEDGE)) {
      Message letter =
          context
              .createConsumer(context.createQueue(Jms.DEAD), DeadLetters.LOST)
              .receive(PATIENCE_MILLIS);
      assertThat(letter).isNotNull();
      before.accept(letter);
      assertThat(shell.database.inTransaction(() -> raised(letter))).isTrue();
    }
  }

  private boolean raised(Message letter) {
    try {
      return letters.raise(new Inbound(letter));
    } catch (JMSException e) {
      throw new AssertionError(e);
    }
  }

  private List<Incident> incidents() {
    return List.copyOf(shell.read(caller).state().incidents());
  }

  private void escalate(Object reason) {
    shell.database.inTransaction(
        () ->
            new JmsCalls(broker.jms)
                .escalated(
                    called,
                    Objects.requireNonNull(called.caller()),
                    new Effect.EscalateToCaller("UP", Map.of("why", reason))));
    broker.kill(Jms.CALL);
  }

  private void loseEscalation(Object reason) {
    escalate(reason);
    takeDeadLetter();
  }

  private int begin(String id, String life) {
    return shell.database.inTransaction(() -> shell.database.begun.begin(id, life));
  }

  @Test
  void givenAnEscalationThatDies_thenTheCallerHasAnIncidentWhoseRetryTellsIt() {
    loseEscalation("late");
    assertThat(incidents()).extracting(Incident::message).first().asString().contains("UP");

    shell.execute(caller, new Command.RetryIncident(incidents().get(0).id()));
    shell.deliverCalls();

    assertThat(incidents()).isEmpty();
    assertThat(shell.wait(caller, "mend")).isNotNull();
    assertThat(shell.read(caller).state().variables()).containsEntry("why", "late");
    shell.execute(
        called.id(), new Command.Complete(shell.wait(called.id(), "a").id(), 0, Map.of()));
    shell.deliverCalls();
    assertThat(shell.wait(caller, "after")).isNotNull();
  }

  /**
   * It has a number of its own on each queue: what it had before is found in what the broker says.
   */
  @Test
  void givenALetterThatWasBegun_whenItBecomesAnIncident_thenNothingIsLeftOfThat() {
    escalate("late");

    String[] id = new String[1];
    takeDeadLetter(
        letter -> {
          id[0] = Crashes.ids(letter).get(0);
          begin(id[0], "a");
          begin(id[0], "b");
        });

    assertThat(incidents()).hasSize(1);
    assertThat(begin(id[0], "c")).as("deaths that are remembered").isZero();
  }

  @Test
  void givenWorkThatWasBegun_thenItIsKnownByItsAttempt() throws JMSException {
    try (JMSContext context = broker.context(JMSContext.AUTO_ACKNOWLEDGE)) {
      Message work = context.createMessage();
      work.setStringProperty("workId", "0:1");
      work.setIntProperty("attempt", 2);

      assertThat(Crashes.ids(work)).containsExactly("0:1 2");
    }
  }

  @Test
  void givenTwoThatDie_thenOneIncidentStandsForBoth() {
    loseEscalation("late");
    loseEscalation("later");
    assertThat(incidents()).hasSize(1);

    shell.execute(caller, new Command.RetryIncident(incidents().get(0).id()));

    assertThat(shell.read(caller).state().waits())
        .filteredOn(wait -> wait.element().equals("mend"))
        .hasSize(2);
  }

  @Test
  void theWordOfAnEndSaysWhatWasSaidWithTheError() throws JMSException {
    int task = shell.wait(called.id(), "a").id();
    shell.execute(called.id(), new Command.ThrowError(task, 0, "E", "no money", Map.of()));
    Instance failed = shell.read(called.id());

    shell.database.inTransaction(
        () -> new JmsCalls(broker.jms).ended(failed, Objects.requireNonNull(called.caller())));

    Message word = broker.take(Jms.CALL);
    assertThat(word.getStringProperty("errorCode")).isEqualTo("E");
    assertThat(word.getStringProperty("errorMessage")).isEqualTo("no money");
  }
}
