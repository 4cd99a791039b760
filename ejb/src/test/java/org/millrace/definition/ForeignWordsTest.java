package org.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.kernel.graph.ProcessGraph;

/** Holds the table of docs/foreign-models.md to what the readers do. */
class ForeignWordsTest {

  @TestFactory
  Stream<DynamicTest> eachWordDoesWhatTheTableSays() throws IOException {
    List<String[]> rows =
        Files.readAllLines(Path.of("../docs/foreign-models.md")).stream()
            .filter(line -> line.contains(" | `"))
            .map(line -> line.split(" \\| |^\\| ", -1))
            .toList();
    assertThat(rows).hasSizeGreaterThan(60);
    return rows.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row[1] + " " + row[2],
                    () -> check(row[1], row[2].substring(1, row[2].length() - 1), row[3].strip())));
  }

  private static void check(String kind, String word, String outcome) {
    byte[] with = document(kind, word);
    if (outcome.equals("refused")) {
      DeploymentRefused refused =
          assertThrows(DeploymentRefused.class, () -> BpmnReader.read(with));
      assertThat(refused.problems())
          .singleElement()
          .satisfies(problem -> assertThat(problem.line()).isPositive());
      return;
    }
    boolean isSame = content(with).equals(content(document(kind, "")));
    assertThat(isSame ? "of no consequence" : "executed").isEqualTo(outcome);
  }

  private static List<Object> content(byte[] document) {
    ProcessGraph graph = Documents.read(document);
    return List.of(
        graph.begun(Map.of()).toString(),
        String.valueOf(graph.historyTimeToLive()),
        graph.besides().toString(),
        StreamSupport.stream(graph.elements().spliterator(), false).toList().toString());
  }

  private static String signal(String kind, String attributes, String extension) {
    return "<%s id='t' %s>%s<signalEventDefinition signalRef='sig1'/></%s>"
        .formatted(kind, attributes, extension, kind);
  }

  private static byte[] document(String kind, String word) {
    boolean isElement = word.startsWith("<");
    String attributes = isElement ? "" : word;
    String extension = isElement ? "<extensionElements>" + word + "</extensionElements>" : "";
    return switch (kind) {
      case "process" ->
          Documents.document(
              "<process id='p' isExecutable='true' %s>%s<startEvent id='s'/></process>"
                  .formatted(attributes, extension));
      case "startEvent" ->
          Documents.process(
              "<startEvent id='t' %s>%s</startEvent>".formatted(attributes, extension));
      case "intermediateCatchEvent", "intermediateThrowEvent" ->
          Documents.row("t", signal(kind, attributes, extension));
      case "boundaryEvent" ->
          Documents.process("<task id='a'/>" + signal(kind, "attachedToRef='a'", extension));
      case "signalEventDefinition" ->
          Documents.row(
              "t",
              "<intermediateThrowEvent id='t'><signalEventDefinition signalRef='sig1' %s>%s</signalEventDefinition></intermediateThrowEvent>"
                  .formatted(attributes, extension));
      case "errorEventDefinition", "escalationEventDefinition" ->
          Documents.process(
              "<task id='a'/><boundaryEvent id='t' attachedToRef='a'><%s %s/></boundaryEvent>"
                  .formatted(kind, attributes));
      case "callActivity" ->
          Documents.row(
              "t",
              "<callActivity id='t' calledElement='q' %s>%s</callActivity>"
                  .formatted(attributes, extension));
      case "scriptTask" ->
          Documents.row(
              "t",
              "<scriptTask id='t' scriptFormat='feel' %s>%s<script>1</script></scriptTask>"
                  .formatted(attributes, extension));
      default ->
          Documents.row("t", "<%s id='t' %s>%s</%s>".formatted(kind, attributes, extension, kind));
    };
  }
}
