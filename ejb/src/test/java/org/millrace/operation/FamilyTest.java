package org.millrace.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.api.operation.InstanceView;
import org.millrace.api.operation.InstanceView.CalledView;
import org.millrace.api.operation.InstanceView.CallerView;
import org.millrace.api.operation.WaitView;
import org.millrace.execution.DeployedDecisions;
import org.millrace.execution.Graphs;
import org.millrace.execution.Hierarchy.Called;
import org.millrace.execution.Histories;
import org.millrace.execution.Shell;
import org.millrace.kernel.command.Command;
import org.millrace.persistence.TestDatabase;

@ParameterizedClass
@EnumSource
class FamilyTest {

  private static final String OUTER =
      """
      <process id="outer" isExecutable="true">
        <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="c1"/>
        <callActivity id="c1" calledElement="middle"/>
        <boundaryEvent id="late" attachedToRef="c1"><timerEventDefinition>
          <timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>
      </process>
      """;

  private static final String MIDDLE =
      """
      <process id="middle" isExecutable="true">
        <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="c2"/>
        <callActivity id="c2" calledElement="inner"/>
        <sequenceFlow id="f2" sourceRef="s" targetRef="c3"/>
        <callActivity id="c3" calledElement="inner"/>
      </process>
      """;

  private static final String INNER =
      """
      <process id="inner" isExecutable="true">
        <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="t"/><userTask id="t"/>
      </process>
      """;

  private final Shell shell;
  private final Family family;
  private final Views views;

  FamilyTest(TestDatabase.Kind kind) {
    TestDatabase database = TestDatabase.of(kind);
    shell = new Shell(database);
    family = new Family(database.hierarchy, shell.engine);
    views =
        new Views(
            new Histories(
                database.instances,
                new Graphs(database.definitions, new DeployedDecisions(database.definitions))),
            family);
  }

  @BeforeEach
  void clear() {
    shell.database.clear();
  }

  private InstanceView view(String id) {
    return shell.database.inTransaction(() -> views.of(shell.engine.read(id)));
  }

  private List<Called> called(String id) {
    return shell.database.inTransaction(() -> family.called(id));
  }

  private String start() {
    String id = shell.start("outer", "B-1");
    shell.deliverCalls();
    return id;
  }

  @Test
  void givenCallsOfCalls_thenTheCallerShowsWhatAllOfThemWaitFor() {
    shell.deploy(OUTER + MIDDLE + INNER);
    String outer = start();
    String middle = called(outer).get(0).id();
    assertThat(called(middle)).extracting(Called::activity).containsExactly("c2", "c3");
    String first = called(middle).get(0).id();

    assertThat(view(outer).waits())
        .extracting(WaitView::activity)
        .containsExactly("late", "t", "t");
    assertThat(view(middle).waits()).extracting(WaitView::activity).containsExactly("t", "t");
    assertThat(view(first).waits()).extracting(WaitView::instanceId).containsExactly(first);

    shell.execute(first, new Command.Complete(shell.wait(first, "t").id(), 0, java.util.Map.of()));
    shell.deliverCalls();
    assertThat(view(outer).waits()).extracting(WaitView::activity).containsExactly("late", "t");
    assertThat(called(middle)).as("all that it ever called").hasSize(2);
  }

  @Test
  void givenCallsOfCalls_thenEachShowsItsCallerAndItsCalled() {
    shell.deploy(OUTER + MIDDLE);
    String outer = start();
    String middle = called(outer).get(0).id();

    assertThat(view(outer).calledBy()).isNull();
    assertThat(view(outer).called())
        .as("with the incidents of all below")
        .containsExactly(new CalledView(middle, "c1", "middle", 1, "running", 2));
    assertThat(view(middle).calledBy()).isEqualTo(new CallerView(outer, "c1"));
    assertThat(view(middle).called()).isEmpty();

    shell.deploy(INNER);
    for (var incident : view(middle).incidents()) {
      int number = Integer.parseInt(incident.id().substring(incident.id().indexOf('.') + 1));
      shell.execute(middle, new Command.RetryIncident(number));
    }
    shell.deliverCalls();
    assertThat(view(outer).called()).extracting(CalledView::incidents).containsExactly(0);
    assertThat(view(outer).waits())
        .extracting(WaitView::activity)
        .containsExactly("late", "t", "t");
  }
}
