package org.millrace.web.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.millrace.api.operation.DecisionResult;
import org.millrace.api.operation.DefinitionView;
import org.millrace.api.operation.EvaluationView;
import org.millrace.api.operation.EventResult;
import org.millrace.api.operation.InDoubtView;
import org.millrace.api.operation.IncidentView;
import org.millrace.api.operation.InstanceSummary;
import org.millrace.api.operation.InstanceView;
import org.millrace.api.operation.MessageView;
import org.millrace.api.operation.Migrations;
import org.millrace.api.operation.Page;
import org.millrace.api.operation.Preview;
import org.millrace.api.operation.Problem;
import org.millrace.api.operation.StageView;
import org.millrace.api.operation.TaskView;
import org.millrace.api.operation.WaitView;
import org.millrace.web.problem.ProblemDocument;

/** The document and the code say the same. */
class OpenApiTest {

  private static final JsonNode DOCUMENT = document();

  private static final Map<String, Class<? extends Record>> RECORDS =
      Stream.<Class<? extends Record>>of(
              DecisionResult.class,
              DecisionsResource.Evaluate.class,
              DefinitionView.class,
              DefinitionsResource.Deployed.class,
              EvaluationView.class,
              EvaluationView.RuleView.class,
              EventResult.class,
              EventsResource.Event.class,
              SignalsResource.Signal.class,
              InDoubtView.class,
              IncidentView.class,
              IncidentsResource.Retried.class,
              MessagesResource.Replayed.class,
              InstanceSummary.class,
              InstanceView.class,
              InstanceView.CalledView.class,
              InstanceView.CallerView.class,
              InstanceView.FailureView.class,
              InstanceView.HistoryView.class,
              InstanceView.TokenView.class,
              InstancesResource.Migrate.class,
              InstancesResource.Modify.class,
              InstancesResource.Start.class,
              InstancesResource.Started.class,
              MessageView.class,
              Migrations.Failure.class,
              Migrations.Fitting.class,
              Migrations.Outcome.class,
              MigrationsResource.Migration.class,
              Preview.class,
              Preview.Misfit.class,
              Problem.class,
              ProblemDocument.class,
              StageView.class,
              TaskView.class,
              WaitView.class,
              WaitsResource.Answer.class)
          .collect(Collectors.toMap(Class::getSimpleName, type -> type));

  @Test
  void givenAllResources_whenComparedWithTheDocument_thenEachMethodStandsThereAndNoOther() {
    assertThat(operationsOfTheDocument()).isEqualTo(operationsOfTheCode());
  }

  @TestFactory
  Stream<DynamicTest> givenRecord_whenComparedWithItsSchema_thenTheMembersAreTheSameInOrder() {
    return RECORDS.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> assertMembers(entry.getKey(), entry.getValue())));
  }

  @Test
  void givenPage_whenComparedWithItsSchema_thenTheMembersAreTheSame() {
    assertMembers("InstancePage", Page.class);
  }

  @Test
  void givenSchemas_whenComparedWithTheRecords_thenNoneIsLeftOver() {
    assertThat(names(DOCUMENT.at("/components/schemas")))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    RECORDS.keySet().stream(),
                    Stream.of("InstancePage", "InstanceState", "Mapping", "Variables"))
                .toList());
  }

  @Test
  void givenReferences_whenFollowed_thenEachLeadsSomewhere() {
    List<String> references = DOCUMENT.findValuesAsText("$ref");

    assertThat(references)
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
  }

  @Test
  void givenOperations_whenNamed_thenEachNameIsThereOnce() {
    assertThat(DOCUMENT.findValuesAsText("operationId"))
        .doesNotHaveDuplicates()
        .hasSameSizeAs(operationsOfTheCode().keySet());
  }

  @Test
  void givenOperations_whenLookedAt_thenEachSaysWhoMayCallItAndWhatTheOthersGet() {
    for (var path : DOCUMENT.get("paths")) {
      for (var operation : path) {
        assertThat(operation.at("/security/0/basic").isArray()).as(operation.toString()).isTrue();
        assertThat(names(operation.get("responses")))
            .as(operation.toString())
            .contains("401")
            .hasSizeGreaterThan(1);
      }
    }
  }

  private static void assertMembers(String schema, Class<? extends Record> type) {
    assertThat(names(DOCUMENT.at("/components/schemas/" + schema + "/properties")))
        .containsExactlyElementsOf(
            Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList());
  }

  /** "GET /path" to its parameters, as "query name" and "path name". */
  private static Map<String, Set<String>> operationsOfTheDocument() {
    Map<String, Set<String>> operations = new TreeMap<>();
    DOCUMENT
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            operations.put(
                                method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                parameters(method.getValue().path("parameters")))));
    return operations;
  }

  private static Set<String> parameters(JsonNode described) {
    Set<String> parameters = new TreeSet<>();
    described.forEach(
        parameter ->
            parameters.add(parameter.get("in").asText() + " " + parameter.get("name").asText()));
    return parameters;
  }

  private static Map<String, Set<String>> operationsOfTheCode() {
    Map<String, Set<String>> operations = new TreeMap<>();
    for (Class<?> resource : resources()) {
      for (Method method : resource.getDeclaredMethods()) {
        for (Annotation annotation : method.getAnnotations()) {
          HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
          if (http != null) {
            operations.put(
                http.value() + " " + path(resource) + path(method),
                Arrays.stream(method.getParameters())
                    .flatMap(OpenApiTest::parameter)
                    .collect(Collectors.toCollection(TreeSet::new)));
          }
        }
      }
    }
    return operations;
  }

  private static Stream<String> parameter(AnnotatedElement parameter) {
    if (parameter.isAnnotationPresent(QueryParam.class)) {
      return Stream.of("query " + parameter.getAnnotation(QueryParam.class).value());
    }
    if (parameter.isAnnotationPresent(PathParam.class)) {
      return Stream.of("path " + parameter.getAnnotation(PathParam.class).value());
    }
    return Stream.of();
  }

  private static String path(AnnotatedElement element) {
    return element.isAnnotationPresent(Path.class) ? element.getAnnotation(Path.class).value() : "";
  }

  /** All classes of the package that have a path, found as the container finds them. */
  private static List<Class<?>> resources() {
    String folder = Api.class.getName().replace('.', '/');
    try {
      var classes =
          java.nio.file.Path.of(Api.class.getResource("/" + folder + ".class").toURI()).getParent();
      try (var files = Files.list(classes)) {
        return files
            .map(file -> file.getFileName().toString())
            .filter(file -> file.endsWith(".class"))
            .<Class<?>>map(file -> load(file.substring(0, file.length() - ".class".length())))
            .filter(type -> type.isAnnotationPresent(Path.class))
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(Api.class.getPackageName() + "." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> names(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static JsonNode document() {
    try {
      return new JsonMapper().readTree(new OpenApiResource().document());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
