package org.millrace.it;

import java.util.UUID;

/** Small processes of the tests' own. */
final class Bpmn {

  private Bpmn() {}

  /** A process id that nobody else uses. */
  static String newId() {
    return "test-" + UUID.randomUUID();
  }

  /** A process whose start leads to the element with the id {@code step}, and that to an end. */
  static String process(String id, String step) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                 xmlns:millrace="http://millrace.org/schema/bpmn" targetNamespace="test">
      <process id="%s" isExecutable="true">
        <startEvent id="start"/>
        <sequenceFlow id="to-step" sourceRef="start" targetRef="step"/>
        %s
        <sequenceFlow id="to-end" sourceRef="step" targetRef="end"/>
        <endEvent id="end"/>
      </process>
      <error id="no-luck" errorCode="NO_LUCK"/>
    </definitions>
    """
        .formatted(id, step);
  }

  /** Starts and ends. */
  static String empty(String id) {
    return process(id, "<task id=\"step\"/>");
  }
}
