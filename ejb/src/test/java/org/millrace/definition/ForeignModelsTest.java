package org.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  @TestFactory
  Stream<DynamicTest> eachModelIsReadOrRefusedWithNamedProblems() throws IOException {
    assumeTrue(!FOLDER.isEmpty(), "skipped: -Dmillrace.models names no folder with BPMN models");
    List<Path> models;
    try (Stream<Path> files = Files.walk(Path.of(FOLDER))) {
      models = files.filter(file -> file.toString().endsWith(".bpmn")).sorted().toList();
    }
    assertThat(models).as("models in " + FOLDER).isNotEmpty();
    return models.stream()
        .flatMap(
            model ->
                Stream.of(
                    DynamicTest.dynamicTest(
                        model.getFileName() + " as drawn", () -> check(Files.readString(model))),
                    DynamicTest.dynamicTest(
                        model.getFileName() + " made executable",
                        () -> check(executable(Files.readString(model))))));
  }

  /** Most are drawings; marked executable, all that is in them is looked at. */
  private static String executable(String xml) {
    return xml.replaceAll("isExecutable=\"false\"", "")
        .replaceAll("(<(?:\\w+:)?process\\b(?![^>]*isExecutable))", "$1 isExecutable=\"true\"");
  }

  private static void check(String xml) {
    try {
      assertThat(BpmnReader.read(xml.getBytes(StandardCharsets.UTF_8))).isNotEmpty();
    } catch (DeploymentRefused refused) {
      assertThat(refused.problems()).isNotEmpty();
      for (Problem problem : refused.problems()) {
        assertThat(problem.line()).as(problem.toString()).isPositive();
        assertThat(problem.message()).hasSizeBetween(10, 1000);
      }
    }
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
