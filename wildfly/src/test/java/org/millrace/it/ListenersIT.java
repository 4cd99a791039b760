package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.it.WireClient.Inbox;

/** Listeners in models of other engines, which are told over the topic. */
class ListenersIT {

  @ParameterizedTest
  @EnumSource
  void givenASubscriber_whenTheListenersActivityBeginsAndEnds_thenItIsTold(
      Wire wire, TestServer server) {
    String process = Bpmn.newId();
    String task =
        """
        <userTask id="step"><extensionElements>
          <camunda:executionListener event="start" class="com.acme.Audit"/>
          <camunda:taskListener event="complete" delegateExpression="${mailer}"/>
        </extensionElements></userTask>
        """;
    new Operations(server, "admin")
        .deploy(
            Bpmn.process(process, task)
                .replace(
                    "targetNamespace",
                    "xmlns:camunda=\"http://camunda.org/schema/1.0/bpmn\" targetNamespace"))
        .ok();
    Operations operator = new Operations(server, "operator");
    try (WireClient worker = wire.connect(server, "worker")) {
      Inbox told = worker.subscribe("millrace.listener");

      String body =
          "{\"process\":\"%s\",\"businessKey\":\"B-1\",\"variables\":{\"x\":1}}".formatted(process);
      String id = operator.post("instances", body).ok().get("id").asText();
      WireMessage begun = told.receive(Operations.PATIENCE);
      String wait = operator.awaitWait(id, "step").get("id").asText();
      operator.post("waits/" + wait + "/trigger", "{}").ok();
      WireMessage completed = told.receive(Operations.PATIENCE);

      assertThat(begun.body()).isEqualTo("{\"x\":1}");
      assertThat(begun.properties())
          .containsEntry("listener", "Audit")
          .containsEntry("event", "start")
          .containsEntry("instanceId", id)
          .containsEntry("process", process)
          .containsEntry("version", "1")
          .containsEntry("activity", "step")
          .containsEntry("businessKey", "B-1");
      assertThat(completed.properties())
          .containsEntry("listener", "mailer")
          .containsEntry("event", "complete");
    }
  }
}
