package org.millrace.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.api.operation.EventRequest;
import org.millrace.api.operation.EventResult;
import org.millrace.api.operation.Migrations.Place;
import org.millrace.api.operation.Migrations.Plan;
import org.millrace.api.operation.Refusal;
import org.millrace.execution.InstanceStore.Running;
import org.millrace.execution.Overview.TaskRow;
import org.millrace.kernel.Decision;
import org.millrace.kernel.command.Command;
import org.millrace.persistence.TestDatabase;

/** Instances that are modified, migrated, and begun by other than start events. */
@ParameterizedClass
@EnumSource
class MoveTest {

  private final Shell shell;
  private final Migrations migrations;

  MoveTest(TestDatabase.Kind kind) {
    shell = new Shell(TestDatabase.of(kind));
    migrations =
        new Migrations(
            shell.engine,
            new Graphs(shell.database.definitions, shell.decisions),
            shell.database.definitions,
            shell.database.instances);
  }

  @BeforeEach
  void clear() {
    shell.database.clear();
  }

  private static String process(String first, String second, String message) {
    return """
        <message id="m" name="%3$s"/>
        <process id="p" isExecutable="true">
          <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="%1$s"/>
          <userTask id="%1$s" millrace:candidateGroups="g"/>
          <sequenceFlow id="f2" sourceRef="%1$s" targetRef="%2$s"/>
          <serviceTask id="%2$s"/><sequenceFlow id="f3" sourceRef="%2$s" targetRef="e"/>
          <endEvent id="e"/>
          <boundaryEvent id="stop" attachedToRef="%1$s"><messageEventDefinition messageRef="m"/></boundaryEvent>
          <sequenceFlow id="f4" sourceRef="stop" targetRef="e"/>
        </process>
        """
        .formatted(first, second, message);
  }

  private static EventRequest message(String name) {
    return new EventRequest(name, "B-1", null, null, null, 0, Map.of());
  }

  private Decision migrate(String id, Map<String, String> mapping) {
    return shell.database.inTransaction(
        () -> migrations.migrate(shell.engine.readSettled(id), 2, mapping));
  }

  private List<TaskRow> tasks() {
    return shell.database.inTransaction(
        () -> shell.database.overview.tasks(null, "g", 0, 10).items());
  }

  @Test
  void givenTwoVersions_whenMigrated_thenAllThatIsFoundFromOutsideIsOfTheNewOne() {
    shell.deploy(process("a", "b", "old"));
    String id = shell.start("p", "B-1");
    shell.deploy(process("x", "y", "new"));

    assertThat(migrate(id, Map.of("a", "x", "b", "y"))).isInstanceOf(Decision.Accepted.class);

    assertThat(shell.read(id).version()).isEqualTo(2);
    assertThat(tasks())
        .extracting(TaskRow::activity, TaskRow::version)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("x", 2));
    assertThat(shell.send(message("old")).state()).isEqualTo("unmatched");
    shell.complete(id, "x");
    assertThat(shell.wait(id, "y").name()).isEqualTo("y");
    shell.complete(id, "y");
    assertThat(shell.status(id)).isEqualTo("completed");
    assertThat(shell.history(id))
        .containsExactly("s completed 1", "x completed 1", "y completed 1", "e completed 1");
  }

  @Test
  void givenANewBoundaryMessage_whenMigrated_thenItReachesTheInstance() {
    shell.deploy(process("a", "b", "old"));
    String id = shell.start("p", "B-1");
    shell.deploy(process("a", "b", "new"));
    migrate(id, Map.of());

    assertThat(shell.send(message("new"))).isEqualTo(new EventResult("delivered", id));
    assertThat(shell.status(id)).isEqualTo("completed");
  }

  @Test
  void givenWhatDoesNotFit_whenMigrated_thenNothingChangesAndAllIsSaid() {
    shell.deploy(process("a", "b", "old"));
    String id = shell.start("p", "B-1");
    shell.deploy(process("x", "y", "new"));

    Decision decision = migrate(id, Map.of());

    assertThat(decision)
        .hasToString("Rejected[kind=INVALID, reason=\"a\" has no counterpart in the new version]");
    assertThat(
            shell.database.inTransaction(
                () -> migrations.misfits(shell.engine.read(id), 2, Map.of())))
        .hasSize(1);
    assertThat(shell.read(id).version()).isEqualTo(1);
  }

  @Test
  void givenInstancesOfTwoVersions_whenListed_thenThoseThatRun() {
    shell.deploy(process("a", "b", "old"));
    String first = shell.start("p", "B-1");
    String ended = shell.start("p", "B-2");
    shell.execute(ended, new Command.Cancel());
    shell.deploy(process("x", "y", "new"));
    shell.start("p", "B-3");

    assertThat(shell.database.inTransaction(() -> migrations.running("p", 1)))
        .containsExactly(new Running(first, "B-1", List.of("a")));
  }

  @Test
  void givenTwoVersions_whenAMappingIsPlanned_thenWhereInstancesStandAndWhatTheyWaitForIsSaid() {
    shell.deploy(process("a", "b", "old"));
    shell.deploy(process("x", "b", "new"));

    Plan plan =
        shell.database.inTransaction(
            () -> migrations.plan("p", 1, 2, List.of(List.of("a"), List.of("a", "b"))));

    assertThat(plan.instances()).isEqualTo(2);
    assertThat(plan.places())
        .containsExactly(
            new Place("s", "startEvent", 0, 0, List.of("s")),
            new Place("a", "userTask", 2, 0, List.of("x")),
            new Place("b", "serviceTask", 1, 0, List.of("b")),
            new Place("e", "endEvent", 0, 0, List.of("e")),
            new Place("stop", "boundaryEvent", 0, 2, List.of("stop")));
  }

  @Test
  void givenASubProcess_whenAMappingIsPlanned_thenWhatStandsInItStandsAtItToo() {
    shell.deploy(
        """
        <message id="m" name="m"/>
        <process id="p" isExecutable="true">
          <subProcess id="sub">
            <userTask id="a"/>
            <userTask id="b"/>
            <subProcess id="listens" triggeredByEvent="true">
              <startEvent id="hear"><messageEventDefinition messageRef="m"/></startEvent>
            </subProcess>
          </subProcess>
        </process>
        """);

    Plan plan =
        shell.database.inTransaction(() -> migrations.plan("p", 1, 1, List.of(List.of("a", "b"))));

    assertThat(plan.places())
        .containsExactlyInAnyOrder(
            new Place("sub", "subProcess", 1, 0, List.of("sub")),
            new Place("a", "userTask", 1, 0, List.of("a", "b")),
            new Place("b", "userTask", 1, 0, List.of("b", "a")),
            new Place("listens", "subProcess", 0, 0, List.of("listens")),
            new Place("hear", "startEvent", 0, 1, List.of("hear")));
  }

  @Test
  void givenNoSuchVersion_whenMigrated_thenRefused() {
    shell.deploy(process("a", "b", "old"));
    String id = shell.start("p", "B-1");

    assertThatThrownBy(() -> migrate(id, Map.of()))
        .isInstanceOf(Refusal.class)
        .hasMessage("process \"p\" has no version 2; its newest is 1");
  }

  @Test
  void givenATask_whenModified_thenItIsGoneAndTheNextIsThere() {
    shell.deploy(process("a", "b", "old"));
    String id = shell.start("p", "B-1");

    shell.execute(id, new Command.Modify(List.of("a"), List.of("b"), Map.of("v", 1L)));

    assertThat(tasks()).isEmpty();
    assertThat(shell.send(message("old")).state()).isEqualTo("unmatched");
    assertThat(shell.take("work")).containsExactly("work b 1");
    assertThat(shell.history(id)).containsExactly("s completed 1", "a cancelled 1", "b active 1");
  }

  @Test
  void givenAGatewayThatBegins_whenAMessageComes_thenItStartsAnInstanceAndWaitsForTheOther() {
    shell.deploy(
        """
        <message id="m1" name="one"/><message id="m2" name="two"/>
        <process id="p" isExecutable="true">
          <eventBasedGateway id="g" instantiate="true" eventGatewayType="Parallel"/>
          <sequenceFlow id="f1" sourceRef="g" targetRef="c"/>
          <sequenceFlow id="f2" sourceRef="g" targetRef="r"/>
          <intermediateCatchEvent id="c"><messageEventDefinition messageRef="m1"/></intermediateCatchEvent>
          <receiveTask id="r" messageRef="m2"/>
        </process>
        """);

    EventResult first = shell.send(message("two"));

    assertThat(first.state()).isEqualTo("started");
    assertThat(shell.send(message("one")))
        .isEqualTo(new EventResult("delivered", first.instanceId()));
    assertThat(shell.status(String.valueOf(first.instanceId()))).isEqualTo("completed");
  }
}
