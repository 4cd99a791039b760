package org.millrace.definition;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.api.operation.Problem;
import org.millrace.kernel.graph.ProcessGraph;

/** Documents for tests, of which only what matters is written. */
final class Documents {

  private static final String FRAME =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xmlns:millrace="http://millrace.org/schema/bpmn"
          xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
          xmlns:operaton="http://operaton.org/schema/1.0/bpmn"
          xmlns:flowable="http://flowable.org/bpmn"
          xmlns:activiti="http://activiti.org/bpmn"
          xmlns:drools="http://www.jboss.org/drools"
          xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
          xmlns:other="http://example.org/other"
          targetNamespace="http://example.org/test">
        <message id="m1" name="delivered" millrace:correlationKey="= orderId"/>
        <message id="m2" name="cancel"/>
        <error id="e1" errorCode="DECLINED"/>
        <signal id="sig1" name="alarm"/>
        <escalation id="esc1" escalationCode="UP"/>
        %s
      </definitions>
      """;

  private Documents() {}

  /** A document with these root elements. */
  static byte[] document(String roots) {
    return FRAME.formatted(roots).getBytes(StandardCharsets.UTF_8);
  }

  /** The process p with exactly this in it. */
  static byte[] process(String content) {
    return document("<process id=\"p\" isExecutable=\"true\">" + content + "</process>");
  }

  /** The process p: a start event, this, and an end event, in a row. */
  static byte[] row(String id, String element) {
    return process(
        """
        <startEvent id="start"/>
        <sequenceFlow id="in" sourceRef="start" targetRef="%s"/>
        %s
        <sequenceFlow id="out" sourceRef="%s" targetRef="end"/>
        <endEvent id="end"/>
        """
            .formatted(id, element, id));
  }

  static ProcessGraph read(byte[] document) {
    List<ProcessGraph> processes = BpmnReader.read(document);
    Assertions.assertEquals(1, processes.size());
    return processes.get(0);
  }

  static List<Problem> problems(byte[] document) {
    return Assertions.assertThrows(
            DeploymentRefused.class, () -> BpmnReader.read(document), "it should be refused")
        .problems();
  }
}
