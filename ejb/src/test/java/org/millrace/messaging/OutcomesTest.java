package org.millrace.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.execution.Ids;
import org.millrace.execution.Shell;
import org.millrace.kernel.Decision;
import org.millrace.kernel.Decision.Accepted;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.state.InstanceState;
import org.millrace.observability.StageMeter;
import org.millrace.observability.StageMetrics;
import org.millrace.persistence.TestDatabase;

class OutcomesTest {

  private static final String PROCESS =
      """
      <process id="p" isExecutable="true">
        <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
        <serviceTask id="a" millrace:stage="stage-a"/>
        <sequenceFlow id="f2" sourceRef="a" targetRef="e"/><endEvent id="e"/>
      </process>
      """;

  private final Shell shell = new Shell(TestDatabase.of(TestDatabase.Kind.H2));
  private final StageMetrics metrics = new StageMetrics();
  private final StageMeter meter = metrics.of("stage-a");
  private final Outcomes outcomes = new Outcomes(shell.engine, shell.dispatcher, metrics);
  private TestBroker broker;
  private JMSContext worker;

  @BeforeEach
  void begin() throws Exception {
    shell.database.clear();
    shell.deploy(PROCESS);
    broker = new TestBroker();
    worker = broker.context(JMSContext.AUTO_ACKNOWLEDGE);
  }

  @AfterEach
  void end() throws Exception {
    worker.close();
    broker.close();
  }

  private Decision answer(String instance, int work, String outcome) {
    return answer(
        instance,
        work,
        "{}",
        Map.of("outcome", outcome, "errorCode", "E", "errorMessage", "said so"));
  }

  private Decision answer(String instance, int work, String body, Map<String, String> properties) {
    return shell.database.inTransaction(
        () -> {
          try {
            TextMessage message = worker.createTextMessage(body);
            for (Map.Entry<String, String> property : properties.entrySet()) {
              message.setStringProperty(property.getKey(), property.getValue());
            }
            return outcomes.take(new Ids(instance, work), new Inbound(message));
          } catch (JMSException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void givenWorkOfAWorker_whenItAnswers_thenItIsCountedAsTheStages() {
    String failing = shell.start("p", "B-1");
    int work = shell.wait(failing, "a").id();
    assertThat(answer(failing, work, "failed")).isInstanceOf(Accepted.class);
    assertThat(answer(failing, work, "done")).isInstanceOf(Accepted.class);
    String declined = shell.start("p", "B-2");
    assertThat(answer(declined, work, "error")).isInstanceOf(Accepted.class);

    assertThat(shell.status(failing)).isEqualTo("completed");
    assertThat(shell.status(declined)).isEqualTo("failed");
    assertThat(meter.failedCount()).isEqualTo(1);
    assertThat(meter.completedCount()).isEqualTo(2);
  }

  @Test
  void givenAnAnswerThatTheModelCannotTake_thenTheWorkStandsAsAnIncident() {
    shell.deploy(
        """
        <process id="m" isExecutable="true">
          <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
          <serviceTask id="a" millrace:stage="stage-a"><extensionElements>
            <millrace:output target="x" source="${missing}"/></extensionElements></serviceTask>
          <sequenceFlow id="f2" sourceRef="a" targetRef="e"/><endEvent id="e"/>
        </process>
        """);
    String instance = shell.start("m", "B-1");
    int work = shell.wait(instance, "a").id();

    assertThat(answer(instance, work, "done")).isInstanceOf(Rejected.class);

    assertThat(shell.status(instance)).isEqualTo("running");
    assertThat(
            shell.database.inTransaction(() -> shell.database.overview.incidents("m", "stage-a")))
        .hasSize(1);
  }

  @Test
  void givenAFailure_whenItSaysMoreThanThereIsRoomFor_thenItIsAnAttemptAndItsVariablesStay() {
    String instance = shell.start("p", "B-1");
    int work = shell.wait(instance, "a").id();

    Decision decision =
        answer(
            instance,
            work,
            "{\"found\":7}",
            Map.of("outcome", "failed", "errorMessage", "\u0000" + "at x.Y\n".repeat(1000)));

    assertThat(decision).isInstanceOf(Accepted.class);
    InstanceState state = shell.read(instance).state();
    assertThat(state.variables()).containsEntry("found", 7L);
    assertThat(state.wait(work).attempt()).isEqualTo(2);
  }

  @Test
  void givenWhatIsNoWork_thenNoWorkerCanAnswerIt() {
    shell.deploy(
        """
        <process id="t" isExecutable="true">
          <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
          <userTask id="a"/>
          <sequenceFlow id="f2" sourceRef="a" targetRef="e"/><endEvent id="e"/>
        </process>
        """);
    String instance = shell.start("t", "B-1");

    Decision decision = answer(instance, shell.wait(instance, "a").id(), "done");

    assertThat(decision)
        .isEqualTo(new Rejected(Decision.Kind.INVALID, "the workId is that of a task"));
    assertThat(shell.status(instance)).isEqualTo("running");
  }

  @Test
  void givenAnAnswerThatComesLate_thenItIsNotCounted() {
    String instance = shell.start("p", "B-1");
    int work = shell.wait(instance, "a").id();
    answer(instance, work, "done");

    assertThat(answer(instance, work, "done")).isInstanceOf(Rejected.class);
    assertThat(answer("unknown", 1, "done")).isInstanceOf(Rejected.class);

    assertThat(meter.completedCount()).isEqualTo(1);
  }
}
