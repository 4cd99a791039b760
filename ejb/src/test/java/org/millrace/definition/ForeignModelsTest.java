package org.millrace.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.api.operation.Problem;
import org.millrace.kernel.graph.ProcessGraph;

/** Models that others have drawn, and the project's own. */
class ForeignModelsTest {

  /** Where models of others lie; they are not part of the project. */
  private static final String FOLDER = System.getProperty("millrace.models", "");

  /**
   * What is wrong with each of those models that cannot be run, and what with the others is not.
   */
  private static final Path VERDICTS =
      Path.of("src/test/resources/org/millrace/definition/foreign-models.txt");

  private static final int MAX_LINE = 100;

  private record Model(String name, String xml) {

    /** The processes, or, in a text, why there are none. */
    Object read() {
      try {
        return BpmnReader.read(xml.getBytes(UTF_8), PlayedModel.DECISIONS);
      } catch (DeploymentRefused refused) {
        List<String> problems = new ArrayList<>();
        for (Problem problem : refused.problems()) {
          problems.add("  " + shortened("%d %s".formatted(problem.line(), problem.message())));
        }
        return problems;
      }
    }

    /** Without the texts of the model that a message may have in it. */
    private static String shortened(String problem) {
      String line = problem.lines().findFirst().orElse("").strip();
      return line.length() > MAX_LINE ? line.substring(0, MAX_LINE).strip() + "…" : line;
    }

    String verdict() {
      StringBuilder verdict = new StringBuilder(name);
      List<?> read = (List<?>) read();
      boolean isRead = read.stream().allMatch(ProcessGraph.class::isInstance);
      verdict.append(isRead ? ": runs" : ": is refused").append('\n');
      if (!isRead) {
        read.forEach(problem -> verdict.append(problem).append('\n'));
      }
      return verdict.toString();
    }
  }

  private static List<Model> models() throws IOException {
    assumeTrue(!FOLDER.isEmpty(), "skipped: -Dmillrace.models names no folder with BPMN models");
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of(FOLDER))) {
      files = all.filter(file -> file.toString().endsWith(".bpmn")).sorted().toList();
    }
    assertThat(files).as("models in " + FOLDER).isNotEmpty();
    List<Model> models = new ArrayList<>();
    for (Path file : files) {
      String xml = Files.readString(file);
      models.add(new Model(file.getFileName() + " as drawn", xml));
      models.add(new Model(file.getFileName() + " made executable", executable(xml)));
    }
    return models;
  }

  /** Most are drawings; marked executable, all that is in them is looked at. */
  private static String executable(String xml) {
    return xml.replaceAll("isExecutable=\"false\"", "")
        .replaceAll("(<(?:\\w+:)?process\\b(?![^>]*isExecutable))", "$1 isExecutable=\"true\"");
  }

  @Test
  void eachIsReadOrRefusedForWhatIsWrongWithIt() throws IOException {
    StringBuilder verdicts = new StringBuilder();
    for (Model model : models()) {
      verdicts.append(model.verdict());
    }
    if (System.getProperty("millrace.write") != null) {
      Files.createDirectories(VERDICTS.getParent());
      Files.writeString(VERDICTS, verdicts);
    }
    assertThat(verdicts.toString()).isEqualTo(Files.readString(VERDICTS));
  }

  @TestFactory
  Stream<DynamicTest> eachThatIsReadRunsToItsEnd() throws IOException {
    Map<String, ProcessGraph> processes = new LinkedHashMap<>();
    for (Model model : models()) {
      for (Object process : (List<?>) model.read()) {
        if (process instanceof ProcessGraph graph) {
          processes.put(model.name() + ", " + graph.id(), graph);
        }
      }
    }
    return processes.entrySet().stream()
        .map(
            process ->
                DynamicTest.dynamicTest(
                    process.getKey(), () -> PlayedModel.playAll(process.getValue())));
  }

  @Test
  void theOrderExampleIsRead() throws IOException {
    Path model = Path.of("../examples/order/src/main/resources/order.bpmn");

    ProcessGraph order = Documents.read(Files.readAllBytes(model));

    assertThat(order.id()).isEqualTo("order");
    assertThat(order.stages())
        .containsExactly(
            "charge-payment",
            "check-order",
            "notify-customer",
            "refund-payment",
            "release-stock",
            "reserve-stock",
            "ship-order");
    assertThat(order.compensationHandler("reserve-stock")).isEqualTo("release-stock");
  }
}
