package org.millrace.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.api.operation.EventRequest;
import org.millrace.api.operation.EventResult;
import org.millrace.api.operation.Refusal;
import org.millrace.kernel.command.Command;
import org.millrace.persistence.TestDatabase;

/**
 * What is refused has done nothing: it is kept with its reason in the very transaction that has
 * tried it, so nothing takes back what it would have left.
 */
@ParameterizedClass
@EnumSource
class RefusalTest {

  private final Shell shell;

  RefusalTest(TestDatabase.Kind kind) {
    shell = new Shell(TestDatabase.of(kind));
  }

  @BeforeEach
  void clear() {
    shell.database.clear();
  }

  private static EventRequest paid(@Nullable String requestId) {
    return new EventRequest("paid", "B-1", null, null, requestId, 0, Map.of("amount", 5L));
  }

  @Test
  void givenAnEventThatIsRefused_whenItIsSentAgainWithItsRequestId_thenItIsTriedAgain() {
    shell.deploy(
        """
        <message id="m" name="paid"/>
        <process id="r" isExecutable="true">
          <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="c"/>
          <intermediateCatchEvent id="c"><extensionElements>
            <millrace:output target="paid" source="${missing}"/></extensionElements>
            <messageEventDefinition messageRef="m"/></intermediateCatchEvent>
          <sequenceFlow id="f2" sourceRef="c" targetRef="e"/><endEvent id="e"/>
        </process>
        """);
    String id = shell.start("r", "B-1");
    EventRequest event = paid("R-1");
    assertThat(refused(() -> shell.events.send(event))).contains("missing");
    shell.execute(id, new Command.SetVariables(Map.of("missing", 1L)));

    assertThat(shell.send(event)).isEqualTo(new EventResult("delivered", id));
    assertThat(shell.send(event)).isEqualTo(new EventResult("delivered", id));
  }

  @Test
  void givenAMessageThatStartsTwoProcesses_whenOneRefusesIt_thenNeitherIsStarted() {
    shell.deploy(startedBy("good", ""));
    shell.deploy(
        startedBy(
            "bad",
            "<extensionElements><millrace:output target='x' source='${missing}'/></extensionElements>"));
    shell.clock.advance(Duration.ofSeconds(1));
    shell.deploy(startedBy("better", ""));

    assertThat(refused(() -> shell.events.send(paid(null)))).contains("missing");

    assertThat(shell.database.number("select count(*) from millrace_instance")).isZero();
  }

  private static String startedBy(String process, String mapping) {
    return """
        <message id="m-%1$s" name="paid"/>
        <process id="%1$s" isExecutable="true">
          <startEvent id="s">%2$s<messageEventDefinition messageRef="m-%1$s"/></startEvent>
          <sequenceFlow id="f" sourceRef="s" targetRef="e"/><endEvent id="e"/>
        </process>
        """
        .formatted(process, mapping);
  }

  @Test
  void givenADocumentThatIsRefused_thenNothingOfItIsDeployed() {
    shell.deploy(startedBy("first", ""));
    String timed =
        "<process id='%s' isExecutable='true'><startEvent id='s'><timerEventDefinition>"
            + "<timeDate>%s</timeDate></timerEventDefinition></startEvent>"
            + "<sequenceFlow id='f' sourceRef='s' targetRef='e'/><endEvent id='e'/></process>";
    String document =
        Shell.document(timed.formatted("second", "2040-01-01T00:00:00Z"))
            .replace("</definitions>", timed.formatted("first", "${missing}") + "</definitions>");

    assertThat(refused(() -> shell.deployments.deploy("x.bpmn", document.getBytes(UTF_8))))
        .contains("missing");

    assertThat(shell.database.number("select count(*) from millrace_definition")).isEqualTo(1);
    assertThat(shell.database.number("select count(*) from millrace_start_timer")).isZero();
    assertThat(shell.send(paid(null)).state()).isEqualTo("started");
  }

  /** As a bean does it: what was refused is kept with its reason, in the same transaction. */
  @Test
  void
      givenADeploymentIsRolledBackWithAnInstanceOfIt_whenAnotherIsDeployed_thenItIsTheOneThatRuns() {
    String document =
        "<process id='p' isExecutable='true'><startEvent id='s'/>"
            + "<sequenceFlow id='f' sourceRef='s' targetRef='%1$s'/><userTask id='%1$s'/>"
            + "</process>";
    assertThatThrownBy(
            () ->
                shell.database.inTransaction(
                    () -> {
                      String first = Shell.document(document.formatted("first"));
                      shell.deployments.deploy("x.bpmn", first.getBytes(UTF_8));
                      shell.begin("p", "B-1");
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");

    shell.deploy(document.formatted("second"));

    String id = shell.start("p", "B-2");
    assertThat(shell.wait(id, "second")).isNotNull();
  }

  private String refused(Runnable request) {
    return shell.database.inTransaction(
        () -> {
          try {
            request.run();
            return "";
          } catch (Refusal | DeploymentRefused refusal) {
            return String.valueOf(refusal.getMessage());
          }
        });
  }
}
