package org.millrace.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Processes of many sizes, all of stages of the chain. */
final class Shapes {

  static final List<Integer> ELEMENTS = List.of(10, 100, 1000);
  static final List<Integer> BRANCHES = List.of(1, 10, 100, 1000);

  private static final int STAGES = 5;

  private final StringBuilder body = new StringBuilder();
  private int flows;

  private Shapes() {}

  /** All of them, by the names of their files. */
  static Map<String, String> all() {
    Map<String, String> files = new LinkedHashMap<>();
    for (int elements : ELEMENTS) {
      files.put("elements-" + elements + ".bpmn", new Shapes().elements(elements));
    }
    for (int branches : BRANCHES) {
      files.put("branches-" + branches + ".bpmn", new Shapes().branches(branches));
    }
    return files;
  }

  /** The chain, and so many elements in all: the others are on a way that is not taken. */
  private String elements(int number) {
    node("startEvent", "start");
    node("exclusiveGateway", "choice");
    body.append("<endEvent id=\"end\"/><endEvent id=\"other-end\"/>");
    flow("start", "choice", "");
    String last = "choice";
    for (int i = 1; i <= STAGES; i++) {
      stage("s" + i, i);
      flow(last, "s" + i, i == 1 ? "= n = 0" : "");
      last = "s" + i;
    }
    flow(last, "end", "");
    last = "choice";
    for (int i = STAGES + 4; i < number; i++) {
      node("manualTask", "t" + i);
      flow(last, "t" + i, last.equals("choice") ? "= n != 0" : "");
      last = "t" + i;
    }
    flow(last, "other-end", last.equals("choice") ? "= n != 0" : "");
    return document("elements-" + number);
  }

  /** So many stages side by side. */
  private String branches(int number) {
    node("startEvent", "start");
    node("parallelGateway", "fork");
    node("parallelGateway", "join");
    node("endEvent", "end");
    flow("start", "fork", "");
    for (int i = 1; i <= number; i++) {
      stage("s" + i, i % STAGES + 1);
      flow("fork", "s" + i, "");
      flow("s" + i, "join", "");
    }
    flow("join", "end", "");
    return document("branches-" + number);
  }

  private void node(String kind, String id) {
    body.append("<%s id=\"%s\"/>".formatted(kind, id));
  }

  private void stage(String id, int stage) {
    body.append("<serviceTask id=\"%s\" millrace:stage=\"chain-%d\"/>".formatted(id, stage));
  }

  private void flow(String from, String to, String condition) {
    body.append(
        "<sequenceFlow id=\"f%d\" sourceRef=\"%s\" targetRef=\"%s\">".formatted(++flows, from, to));
    if (!condition.isEmpty()) {
      body.append("<conditionExpression>").append(condition).append("</conditionExpression>");
    }
    body.append("</sequenceFlow>");
  }

  private String document(String id) {
    return """
    <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:millrace="http://millrace.org/schema/bpmn"
                 id="bench-%s" targetNamespace="bench"><process id="%s" isExecutable="true">%s</process></definitions>
    """
        .formatted(id, id, body);
  }
}
