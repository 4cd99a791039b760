package org.millrace.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.state.Incident;
import org.millrace.persistence.TestDatabase;

/** Call activities through the shell, on real databases. */
@ParameterizedClass
@EnumSource
class CallExecutionTest {

  private static final String CALLER =
      """
      <process id="caller" isExecutable="true">
        <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="c"/>
        <callActivity id="c" calledElement="called"/>
        <sequenceFlow id="f2" sourceRef="c" targetRef="after"/><userTask id="after"/>
        <boundaryEvent id="b" attachedToRef="c"><errorEventDefinition errorRef="e1"/></boundaryEvent>
        <sequenceFlow id="f3" sourceRef="b" targetRef="mend"/><userTask id="mend"/>
      </process>
      <error id="e1" errorCode="E1"/>
      """;

  private static final String CALLED =
      """
      <process id="called" isExecutable="true">
        <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
        <userTask id="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="e"/><endEvent id="e"/>
      </process>
      """;

  private final Shell shell;

  CallExecutionTest(TestDatabase.Kind kind) {
    shell = new Shell(TestDatabase.of(kind));
  }

  @BeforeEach
  void clear() {
    shell.database.clear();
  }

  private static String called(String callerId) {
    return CalledInstances.id(callerId, waitOf(), 1);
  }

  /** Of a caller that begins with its call, behind the scope, the token and its own scope. */
  private static int waitOf() {
    return 3;
  }

  private String start() {
    String id = shell.start("caller", "B-1");
    shell.deliverCalls();
    return id;
  }

  private List<String> incidents(String id) {
    return shell.read(id).state().incidents().stream().map(Incident::message).toList();
  }

  private void retry(String id) {
    int incident = shell.read(id).state().incidents().iterator().next().id();
    shell.execute(id, new Command.RetryIncident(incident));
    shell.deliverCalls();
  }

  private long instances() {
    return shell.database.number("select count(*) from millrace_instance");
  }

  @Test
  void givenACall_whenTheCalledInstanceEnds_thenTheCallerGoesOn() {
    shell.deploy(CALLER);
    shell.deploy(CALLED);
    String caller = start();
    Instance called = shell.read(called(caller));
    assertThat(called.caller())
        .isEqualTo(new Caller(caller, shell.wait(caller, "c").id(), 1, "c", 1));
    assertThat(called.state().businessKey()).isEqualTo("B-1");
    assertThat(called.state().variables()).containsEntry("n", 1L);

    int task = shell.wait(called.id(), "a").id();
    shell.execute(called.id(), new Command.Complete(task, 0, Map.of("n", 2L)));
    assertThat(shell.status(called.id())).isEqualTo("completed");
    assertThat(shell.wait(caller, "c")).isNotNull();
    shell.deliverCalls();

    assertThat(shell.read(caller).state().variables()).containsEntry("n", 2L);
    assertThat(shell.wait(caller, "after")).isNotNull();
    assertThat(shell.take("reply")).isEmpty();
  }

  @Test
  void givenEveryMessageTwice_thenEverythingHappensOnce() {
    shell.deploy(CALLER);
    shell.deploy(CALLED);
    String caller = shell.start("caller", "B-1");
    KeptCalls.Call begin = shell.calls.poll();
    shell.deliver(begin);
    shell.deliver(begin);
    assertThat(instances()).isEqualTo(2);

    shell.complete(called(caller), "a");
    KeptCalls.Call end = shell.calls.poll();
    shell.deliver(end);
    shell.deliver(end);
    shell.deliver(begin);
    shell.deliverCalls();

    assertThat(instances()).isEqualTo(2);
    assertThat(shell.history(caller))
        .containsExactly("s completed 1", "c completed 1", "after active 1");
  }

  @Test
  void givenNoSuchProcess_whenCalled_thenAnIncidentStandsUntilItIsDeployed() {
    shell.deploy(CALLER);
    String caller = start();
    assertThat(incidents(caller))
        .containsExactly("process \"called\", which is called here, is not deployed");
    retry(caller);
    assertThat(incidents(caller)).hasSize(1);

    shell.deploy(CALLED);
    retry(caller);

    assertThat(incidents(caller)).isEmpty();
    assertThat(shell.wait(called(caller), "a")).isNotNull();
  }

  @Test
  void givenACallThatIsGivenUp_whenItsMessagesComeInAnyOrder_thenNothingIsLeftRunning() {
    shell.deploy(CALLER);
    shell.deploy(CALLED);
    String caller = start();
    shell.execute(caller, new Command.Cancel());
    shell.deliverCalls();
    assertThat(shell.status(called(caller))).isEqualTo("cancelled");

    String early = shell.start("caller", "B-2");
    shell.execute(early, new Command.Cancel());
    KeptCalls.Call begin = shell.calls.poll();
    KeptCalls.Call cancel = shell.calls.poll();
    assertThat(List.of(begin.kind(), cancel.kind())).containsExactly("start", "cancel");
    shell.deliver(cancel);
    shell.deliver(begin);

    assertThat(instances()).isEqualTo(3);
    assertThat(shell.calls.poll()).isNull();
  }

  @Test
  void givenAnErrorThatNobodyCatches_thenTheCallerCatchesIt() {
    shell.deploy(
        CALLER.replace(
            "errorRef=\"e1\"",
            "errorRef=\"e1\" xmlns:c=\"http://camunda.org/schema/1.0/bpmn\" c:errorMessageVariable=\"said\""));
    shell.deploy(CALLED);
    String caller = start();
    int task = shell.wait(called(caller), "a").id();
    shell.execute(called(caller), new Command.ThrowError(task, 0, "E1", "no money", Map.of()));
    assertThat(shell.status(called(caller))).isEqualTo("failed");
    shell.deliverCalls();
    assertThat(shell.read(caller).state().variables()).containsEntry("said", "no money");

    assertThat(shell.wait(caller, "mend")).isNotNull();
    assertThat(shell.history(caller)).contains("c failed 1");
  }

  @Test
  void givenAnEscalationThatNobodyCatches_thenTheCallerCatchesItAndTheCalledInstanceGoesOn() {
    String catching =
        CALLER
            .replace("<boundaryEvent", "<boundaryEvent cancelActivity='false'")
            .replace("<errorEventDefinition errorRef", "<escalationEventDefinition escalationRef")
            .replace("<error id=\"e1\" errorCode", "<escalation id=\"e1\" escalationCode");
    shell.deploy(catching);
    shell.deploy(
        """
        <process id="called" isExecutable="true">
          <startEvent id="s"/><sequenceFlow id="f1" sourceRef="s" targetRef="up"/>
          <intermediateThrowEvent id="up">
            <escalationEventDefinition escalationRef="u"/></intermediateThrowEvent>
          <sequenceFlow id="f2" sourceRef="up" targetRef="e"/><endEvent id="e"/>
        </process>
        <escalation id="u" escalationCode="E1"/>
        """);
    String caller = start();

    assertThat(shell.status(called(caller))).isEqualTo("completed");
    assertThat(shell.wait(caller, "mend")).isNotNull();
    assertThat(shell.wait(caller, "after")).isNotNull();

    shell.deploy(catching.replace(" cancelActivity='false'", ""));
    String interrupted = start();
    assertThat(shell.wait(interrupted, "mend")).isNotNull();
    assertThat(shell.history(interrupted)).contains("c cancelled 1");
  }

  @Test
  void givenACalledInstanceThatIsCancelled_whenRetried_thenAnotherIsCalled() {
    shell.deploy(CALLER);
    shell.deploy(CALLED);
    String caller = start();
    shell.execute(called(caller), new Command.Cancel());
    shell.deliverCalls();
    assertThat(incidents(caller)).containsExactly("the called instance was cancelled");

    retry(caller);

    String second = CalledInstances.id(caller, waitOf(), 2);
    shell.complete(second, "a");
    shell.deliverCalls();
    assertThat(shell.wait(caller, "after")).isNotNull();
  }

  @Test
  void givenASuspendedCaller_whenTheCalledInstanceEnds_thenItIsNotLost() {
    shell.deploy(CALLER);
    shell.deploy(CALLED);
    String caller = shell.start("caller", "B-1");
    shell.execute(caller, new Command.Suspend());
    shell.deliverCalls();
    assertThat(instances()).as("nothing begins").isEqualTo(1);
    shell.execute(caller, new Command.Resume());
    shell.deliverCalls();
    shell.execute(caller, new Command.Suspend());
    shell.complete(called(caller), "a");
    shell.deliverCalls();

    assertThat(shell.wait(caller, "after")).isNotNull();
    assertThat(shell.status(caller)).isEqualTo("suspended");
  }

  @Test
  void givenAProcessThatCallsItself_thenItIsStoppedWithAnIncident() {
    shell.deploy(CALLER.replace("\"called\"", "\"caller\""));

    String id = start();

    assertThat(instances()).isEqualTo(CalledInstances.MAX_DEPTH + 1L);
    assertThat(shell.database.number("select count(*) from millrace_incident")).isEqualTo(1);
    assertThat(
            shell.database.number(
                "select count(*) from millrace_incident where message like"
                    + " '101 instances have called each other%'"))
        .isEqualTo(1);

    shell.execute(id, new Command.Cancel());
    shell.deliverCalls();

    assertThat(
            shell.database.number(
                "select count(*) from millrace_instance where state <> 'cancelled'"))
        .isZero();
  }

  @Test
  void whichVersionIsCalled() {
    deploy(CALLED);
    deploy(bound("binding='deployment'") + CALLED);
    deploy(CALLED.replace("<userTask", "<userTask name='newer'"));
    assertThat(calledVersion()).as("of the same document").isEqualTo(2);
    deploy(CALLER);
    assertThat(calledVersion()).as("the latest").isEqualTo(3);
    deploy(bound("version='1'"));
    assertThat(calledVersion()).as("by its number").isEqualTo(1);
    deploy(bound("binding='deployment'"));
    deploy(CALLED.replace("<userTask", "<userTask name='newest'"));
    assertThat(calledVersion()).as("deployed before the caller").isEqualTo(3);
    deploy(bound("version='9'"));
    assertThat(incidents(start()))
        .containsExactly(
            "process \"called\", which is called here, has no version 9; its newest is 4");
  }

  @Test
  void byItsTag() {
    deploy(tagged("spring", "a"));
    deploy(tagged("spring", "b"));
    deploy(tagged("autumn", "c"));
    deploy(bound("versionTag='spring'"));
    assertThat(calledVersion()).as("the newest with this tag").isEqualTo(2);

    deploy(bound("versionTag='winter'"));

    assertThat(incidents(start()))
        .containsExactly(
            "process \"called\", which is called here, has no version winter; its newest is 3");
  }

  private static String tagged(String tag, String name) {
    return CALLED
        .replace("<process ", "<process millrace:versionTag='%s' ".formatted(tag))
        .replace("<userTask", "<userTask name='%s'".formatted(name));
  }

  @Test
  void givenACallerThatWasDeployedFirst_thenTheFirstVersionAfterItIsDeployedWithIt() {
    deploy(bound("binding='deployment'"));
    deploy(CALLED);
    deploy(CALLED.replace("<userTask", "<userTask name='newer'"));

    assertThat(calledVersion()).isEqualTo(1);
  }

  private static String bound(String attribute) {
    return CALLER.replace("calledElement", "millrace:" + attribute + " calledElement");
  }

  private void deploy(String document) {
    shell.clock.advance(Duration.ofMinutes(1));
    shell.deploy(document);
  }

  private int calledVersion() {
    return shell.read(called(start())).version();
  }
}
