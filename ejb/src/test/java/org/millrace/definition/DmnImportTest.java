package org.millrace.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.definition.decision.DecisionModel;

/** DMN documents that import others. */
class DmnImportTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final Map<String, byte[]> deployed = new HashMap<>();

  private static byte[] document(String name, String content) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="%s_id" name="%s" namespace="urn:%s">
        %s
        </definitions>
        """
        .formatted(name, name, name, content)
        .getBytes(UTF_8);
  }

  private static String importing(String name, String as) {
    return "<import id='i_%s' name='%s' namespace='urn:%s' importType='https://www.omg.org/spec/DMN/20191111/MODEL/'/>"
        .formatted(name, as, name);
  }

  private static final String TYPES =
      """
      <itemDefinition id="p" name="Person">
        <itemComponent id="n" name="name"><typeRef>string</typeRef></itemComponent>
      </itemDefinition>
      <businessKnowledgeModel id="b" name="greet"><variable name="greet"/>
        <encapsulatedLogic><formalParameter name="who" typeRef="Person"/>
          <literalExpression><text>"Hello " + who.name</text></literalExpression></encapsulatedLogic>
      </businessKnowledgeModel>
      """;

  private static String greeting(String expression) {
    return importing("types", "lib")
        + """
        <inputData id="c" name="customer"><variable name="customer" typeRef="lib.Person"/></inputData>
        <decision id="greeting" name="greeting"><variable name="greeting"/>
          <informationRequirement id="r1"><requiredInput href="#c"/></informationRequirement>
          <knowledgeRequirement id="r2"><requiredKnowledge href="urn:types#b"/></knowledgeRequirement>
          <literalExpression><text>%s</text></literalExpression>
        </decision>
        """
            .formatted(expression);
  }

  private DmnReader.Document read(byte[] document) {
    return DmnReader.read(document, deployed::get);
  }

  private @Nullable Object value(byte[] document, Map<String, Object> variables) {
    DecisionModel decision = read(document).decisions().get(0);
    return decision.evaluate(1, variables, NOW).value();
  }

  @Test
  void whatIsOnlyThereToBeImportedHasNoDecisions() {
    DmnReader.Document library = read(document("types", TYPES));

    assertThat(library.decisions()).isEmpty();
    assertThat(library.id()).isEqualTo("types_id");
    assertThat(library.namespace()).isEqualTo("urn:types");
  }

  @Test
  void typesAndKnowledgeAreImported() {
    deployed.put("urn:types", document("types", TYPES));

    byte[] document = document("main", greeting("lib.greet(customer) + \"!\""));

    assertThat(value(document, Map.of("customer", Map.of("name", "Mary"))))
        .isEqualTo("Hello Mary!");
    assertThat(read(document).imported()).containsExactly(deployed.get("urn:types"));
  }

  @Test
  void decisionsAreImported_withWhatTheyImportAndNeed() {
    deployed.put("urn:types", document("types", TYPES));
    deployed.put("urn:middle", document("middle", greeting("lib.greet(customer)")));

    byte[] document =
        document(
            "main",
            importing("middle", "mid")
                + """
                <decision id="loud" name="loud"><variable name="loud"/>
                  <informationRequirement id="r1"><requiredDecision href="urn:middle#greeting"/></informationRequirement>
                  <literalExpression><text>upper case(mid.greeting)</text></literalExpression>
                </decision>
                """);

    assertThat(value(document, Map.of("customer", Map.of("name", "Mary")))).isEqualTo("HELLO MARY");
  }

  @Test
  void givenACircle_thenItIsRefused() {
    deployed.put("urn:types", document("types", importing("main", "m") + TYPES));

    DeploymentRefused refused =
        assertThrows(
            DeploymentRefused.class, () -> read(document("main", greeting("lib.greet(customer)"))));

    assertThat(refused.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.element()).isEqualTo("i_types");
              assertThat(problem.message()).contains("it imports itself");
            });
  }
}
