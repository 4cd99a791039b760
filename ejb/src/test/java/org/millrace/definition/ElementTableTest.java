package org.millrace.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.kernel.element.Activity;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.Join;
import org.millrace.kernel.graph.ProcessGraph;

/**
 * The element table in docs/elements.md is what the readers and the elements say of themselves. It
 * fails when they say something else; with the system property {@code millrace.write} it is written
 * anew.
 */
class ElementTableTest {

  private static final Path TABLE = Path.of("..", "docs", "elements.md");

  /** What an element needs in order to be read, where it needs anything. */
  private static final Map<String, String> CONTENTS =
      Map.of(
          "scriptTask", "scriptFormat='feel'><script>1</script>",
          "receiveTask", "messageRef='m2'>",
          "subProcess", "><startEvent id='in'/>",
          "transaction", "><startEvent id='in'/>",
          "adHocSubProcess", "><task id='in'/>",
          "callActivity", "calledElement='other'>",
          "intermediateCatchEvent", "><messageEventDefinition messageRef='m2'/>",
          "boundaryEvent", "attachedToRef='host'><messageEventDefinition messageRef='m2'/>",
          "eventBasedGateway", ">");

  private static final List<String> DEFINITIONS =
      List.of(
          "message",
          "timer",
          "signal",
          "conditional",
          "error",
          "escalation",
          "compensate",
          "cancel",
          "link",
          "terminate");

  private static final Map<String, String> DEFINED =
      Map.of(
          "message", "<messageEventDefinition messageRef='m2'/>",
          "timer", "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>",
          "signal", "<signalEventDefinition signalRef='sig1'/>",
          "conditional",
              "<conditionalEventDefinition><condition>=x</condition></conditionalEventDefinition>",
          "error", "<errorEventDefinition errorRef='e1'/>",
          "escalation", "<escalationEventDefinition escalationRef='esc1'/>",
          "compensate", "<compensateEventDefinition/>",
          "cancel", "<cancelEventDefinition/>",
          "link", "<linkEventDefinition name='L'/>",
          "terminate", "<terminateEventDefinition/>");

  private enum Place {
    START("start", "<startEvent id='x'>%s</startEvent><task id='t'/>", "x", "t"),
    SUB_START(
        "start of an event sub-process",
        "<startEvent id='s'/><subProcess id='p1' triggeredByEvent='true'><startEvent id='x'>%s</startEvent></subProcess>"),
    SUB_START_ASIDE(
        "the same, interrupting nothing",
        "<startEvent id='s'/><subProcess id='p1' triggeredByEvent='true'><startEvent id='x' isInterrupting='false'>%s</startEvent></subProcess>"),
    CATCH(
        "intermediate catch",
        "<startEvent id='s'/><intermediateCatchEvent id='x'>%s</intermediateCatchEvent>"),
    BOUNDARY(
        "boundary",
        "<startEvent id='s'/><transaction id='h'><startEvent id='i'/></transaction><task id='u' isForCompensation='true'/><association id='a' sourceRef='x' targetRef='u'/><boundaryEvent id='x' attachedToRef='h'>%s</boundaryEvent>"),
    BOUNDARY_ASIDE(
        "boundary, interrupting nothing",
        "<startEvent id='s'/><task id='h'/><boundaryEvent id='x' attachedToRef='h' cancelActivity='false'>%s</boundaryEvent>"),
    THROW(
        "intermediate throw",
        "<startEvent id='s'/><intermediateThrowEvent id='x'>%s</intermediateThrowEvent><intermediateCatchEvent id='l'><linkEventDefinition name='L'/></intermediateCatchEvent>"),
    END(
        "end",
        "<startEvent id='s'/><transaction id='h'><startEvent id='i'/><endEvent id='x'>%s</endEvent></transaction><boundaryEvent id='c' attachedToRef='h'><cancelEventDefinition/></boundaryEvent>");

    private final String title;
    private final String document;

    Place(String title, String document, String... flow) {
      this.title = title;
      this.document =
          document
              + (flow.length == 0
                  ? ""
                  : "<sequenceFlow id='f' sourceRef='%s' targetRef='%s'/>"
                      .formatted((Object[]) flow));
    }

    boolean takes(String definition) {
      String content = document.formatted(DEFINED.get(definition));
      if (this == CATCH && definition.equals("link")) {
        content +=
            "<intermediateThrowEvent id='l'>" + DEFINED.get("link") + "</intermediateThrowEvent>";
        content += "<sequenceFlow id='fl' sourceRef='s' targetRef='l'/>";
      }
      try {
        BpmnReader.read(Documents.process(content));
        return true;
      } catch (DeploymentRefused refused) {
        return refused.problems().stream().noneMatch(problem -> "x".equals(problem.element()));
      }
    }
  }

  @Test
  void theTableIsWhatTheCodeSays() throws IOException {
    String table = table();
    if (System.getProperty("millrace.write") != null) {
      Files.writeString(TABLE, table, UTF_8);
    }
    assertThat(TABLE).hasContent(table);
  }

  private static String table() {
    List<String> lines = new ArrayList<>();
    lines.add("# Elements");
    lines.add("");
    lines.add(
        "Generated by `ElementTableTest`, which fails when it is not what the code says. To write it anew:");
    lines.add(
        "`mvn -q test -pl ejb -am -Dtest=ElementTableTest -Dmillrace.write -Dsurefire.failIfNoSpecifiedTests=false`.");
    lines.add("");
    lines.add("## What each element does");
    lines.add(
        "The record in `org.millrace.kernel.element`, and what it answers to: a token **enters**; what it would wait for has");
    lines.add(
        "**happened** already; a wait is **answered**; the scope that it opened is **emptied**; nothing moves any more, so it can **settle**.");
    lines.add(
        "All activities can be done several times, have events on their borders and be compensated.");
    lines.add("");
    lines.add("| BPMN | record | answers to | activity |");
    lines.add("| --- | --- | --- | --- |");
    kinds().forEach(kind -> lines.add(row(kind)));
    lines.add("");
    lines.add("## What events can be about, and where");
    lines.add("");
    lines.add("| | " + String.join(" | ", DEFINITIONS) + " |");
    lines.add("| --- |" + " --- |".repeat(DEFINITIONS.size()));
    for (Place place : Place.values()) {
      lines.add(
          "| %s | %s |"
              .formatted(
                  place.title,
                  DEFINITIONS.stream()
                      .map(definition -> place.takes(definition) ? "yes" : "")
                      .collect(joining(" | "))));
    }
    lines.add("");
    return String.join("\n", lines);
  }

  private static Stream<String> kinds() {
    TreeSet<String> kinds = new TreeSet<>(ProcessReader.EVENTS);
    kinds.addAll(ProcessReader.ACTIVITIES);
    kinds.addAll(ProcessReader.GATEWAYS);
    return kinds.stream();
  }

  private static String row(String kind) {
    Element element = element(kind);
    return "| `%s` | `%s` | %s | %s |"
        .formatted(
            kind,
            element.getClass().getSimpleName(),
            answersTo(element.getClass()),
            element instanceof Activity ? "yes" : "");
  }

  private static String answersTo(Class<?> record) {
    List<String> verbs = new ArrayList<>();
    if (Join.class.isAssignableFrom(record)) {
      verbs.add("enter");
    }
    for (String verb : List.of("enter", "happened", "answered", "emptied", "settle")) {
      if (Arrays.stream(record.getDeclaredMethods()).anyMatch(one -> one.getName().equals(verb))) {
        verbs.add(verb);
      }
    }
    return String.join(", ", verbs);
  }

  private static Element element(String kind) {
    String content =
        "<startEvent id='s'/><task id='host'/><%1$s id='x' %2$s</%1$s>"
            .formatted(kind, CONTENTS.getOrDefault(kind, ">"));
    if (kind.equals("startEvent")) {
      content = "<startEvent id='x'/>";
    } else if (kind.equals("eventBasedGateway")) {
      content +=
          "<receiveTask id='r' messageRef='m2'/><sequenceFlow id='f' sourceRef='x' targetRef='r'/>";
    }
    ProcessGraph graph = Documents.read(Documents.process(content));
    return graph.element("x");
  }
}
