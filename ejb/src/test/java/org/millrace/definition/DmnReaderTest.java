package org.millrace.definition;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.api.operation.Problem;
import org.millrace.definition.decision.DecisionModel;
import org.millrace.kernel.graph.Decisions;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.state.Evaluation.RuleHit;

/** Decisions as they are deployed: what they give, what is refused, what they may cost. */
class DmnReaderTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private static final String FRAME =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="defs" name="defs" namespace="http://example.org/dmn" %s>
      %s
      </definitions>
      """;

  private static final String AGE =
      """
      <inputData id="age_id" name="age"><variable name="age" typeRef="number"/></inputData>
      """;

  private static byte[] document(String content) {
    return FRAME.formatted("", content).getBytes(UTF_8);
  }

  /** As Camunda's and Operaton's modelers write it. */
  private static byte[] foreign(String content) {
    return FRAME.formatted("exporter='Camunda Modeler'", content).getBytes(UTF_8);
  }

  private static String literal(String expression) {
    return """
        <decision id="d" name="d"><variable name="d"/>
          <literalExpression id="l"><text><![CDATA[%s]]></text></literalExpression>
        </decision>
        """
        .formatted(expression);
  }

  private static String table(String hitPolicy, String... rules) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < rules.length; i++) {
      String[] cells = rules[i].split("->", -1);
      rows.append(
          """
          <rule id="r%d"><inputEntry><text><![CDATA[%s]]></text></inputEntry>
          <outputEntry><text>%s</text></outputEntry></rule>
          """
              .formatted(i + 1, cells[0].strip(), cells[1].strip()));
    }
    return AGE
        + """
        <decision id="risk" name="Risk of it"><variable name="Risk of it"/>
          <informationRequirement><requiredInput href="#age_id"/></informationRequirement>
          <decisionTable id="t" %s>
            <input><inputExpression><text>age</text></inputExpression></input>
            <output name="level"/>
            %s
          </decisionTable>
        </decision>
        """
            .formatted(hitPolicy, rows);
  }

  private static DecisionModel read(byte[] document, String id) {
    return DmnReader.read(document, ImportedDocuments.NONE).decisions().stream()
        .filter(decision -> decision.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Decisions.Result evaluate(
      byte[] document, String id, Map<String, Object> variables) {
    return read(document, id).evaluate(1, variables, NOW);
  }

  private static Object value(String expression) {
    return evaluate(document(literal(expression)), "d", Map.of()).value();
  }

  private static List<Problem> problems(byte[] document) {
    return Assertions.assertThrows(
            DeploymentRefused.class, () -> DmnReader.read(document, ImportedDocuments.NONE))
        .problems();
  }

  @Test
  void aTable_itsInputsItsRulesItsOutputs() {
    byte[] document = document(table("", "< 18 -> \"high\"", ">= 18 -> \"low\""));

    Decisions.Result result = evaluate(document, "risk", Map.of("age", 40L, "other", "x"));

    assertThat(result.value()).isEqualTo("low");
    assertThat(result.evaluation().decision()).isEqualTo("risk");
    assertThat(result.evaluation().inputs()).isEqualTo(Map.of("age", 40L));
    assertThat(result.evaluation().rules()).containsExactly(new RuleHit("risk", 2, "r2"));
    assertThat(result.evaluation().outputs()).containsExactly(Map.of("level", "low"));
    assertThat(read(document, "risk").name()).isEqualTo("Risk of it");
  }

  static Stream<Arguments> hitPolicies() {
    return Stream.of(
        arguments("hitPolicy='FIRST'", 1L, 1),
        arguments("hitPolicy='RULE ORDER'", List.of(1L, 5L), 2),
        arguments("hitPolicy='COLLECT'", List.of(1L, 5L), 2),
        arguments("hitPolicy='COLLECT' aggregation='SUM'", 6L, 2),
        arguments("hitPolicy='COLLECT' aggregation='MIN'", 1L, 1),
        arguments("hitPolicy='COLLECT' aggregation='MAX'", 5L, 1),
        arguments("hitPolicy='COLLECT' aggregation='COUNT'", 2L, 2));
  }

  @ParameterizedTest
  @MethodSource("hitPolicies")
  void hitPolicies(String policy, Object expected, int hits) {
    Decisions.Result result =
        evaluate(document(table(policy, "> 1 -> 1", "> 2 -> 5")), "risk", Map.of("age", 9L));

    assertThat(result.value()).isEqualTo(expected);
    assertThat(result.evaluation().rules()).hasSize(hits);
  }

  @Test
  void givenTwoHitsWhereOneIsAllowed_thenItCannotBeEvaluated() {
    byte[] document = document(table("hitPolicy='UNIQUE'", "> 1 -> 1", "> 2 -> 5"));

    assertThatThrownBy(() -> evaluate(document, "risk", Map.of("age", 9L)))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("risk")
        .hasMessageContaining("UNIQUE");
  }

  @Test
  void givenNoHit_thenTheResultIsNull() {
    Decisions.Result result =
        evaluate(document(table("", "< 18 -> 1")), "risk", Map.of("age", 40L));

    assertThat(result.value()).isNull();
    assertThat(result.evaluation().outputs()).isEmpty();
  }

  @Test
  void whatItRequiresIsEvaluatedWithIt() {
    String content =
        table("", "< 18 -> \"high\"", ">= 18 -> \"low\"")
            + """
            <businessKnowledgeModel id="f" name="twice"><variable name="twice"/>
              <encapsulatedLogic><formalParameter name="x"/>
                <literalExpression><text>x + x</text></literalExpression>
              </encapsulatedLogic>
            </businessKnowledgeModel>
            <decision id="d" name="d"><variable name="d"/>
              <informationRequirement><requiredDecision href="#risk"/></informationRequirement>
              <knowledgeRequirement><requiredKnowledge href="#f"/></knowledgeRequirement>
              <context>
                <contextEntry><variable name="level"/><literalExpression><text>Risk of it</text></literalExpression></contextEntry>
                <contextEntry><variable name="sum"/><literalExpression><text>twice(21)</text></literalExpression></contextEntry>
              </context>
            </decision>
            """;

    Decisions.Result result = evaluate(document(content), "d", Map.of("age", 3L));

    assertThat(result.value()).isEqualTo(Map.of("level", "high", "sum", 42L));
    assertThat(result.evaluation().rules()).containsExactly(new RuleHit("risk", 1, "r1"));
  }

  @Test
  void valuesAreJsonOutside_andFeelInside() {
    assertThat(value("0.1 + 0.2")).isEqualTo(new BigDecimal("0.3"));
    assertThat(value("7")).isEqualTo(7L);
    assertThat(value("date(\"2026-02-27\") + duration(\"P2D\")")).isEqualTo("2026-03-01");
    assertThat(value("duration(\"P14M\")")).isEqualTo("P1Y2M");
    assertThat(value("time(\"10:00:00\")")).isEqualTo("10:00:00");
    assertThat(value("date and time(\"2026-02-27T10:00:00Z\")")).isEqualTo("2026-02-27T10:00:00Z");
    assertThat(value("{a: [1, null, \"x\"]}")).isEqualTo(Collections.singletonMap("a", list()));
    assertThat(value("today()")).isEqualTo("2026-03-01");
    assertThat(value("now()")).isEqualTo("2026-03-01T10:00:00Z");
  }

  private static List<Object> list() {
    List<Object> list = new ArrayList<>(List.of(1L));
    list.add(null);
    list.add("x");
    return list;
  }

  @Test
  void aStringBecomesTheDateThatTheDecisionDeclares() {
    String content =
        """
        <inputData id="i" name="due"><variable name="due" typeRef="date"/></inputData>
        <decision id="d" name="d"><variable name="d"/>
          <informationRequirement><requiredInput href="#i"/></informationRequirement>
          <literalExpression><text>due.year</text></literalExpression>
        </decision>
        """;

    assertThat(evaluate(document(content), "d", Map.of("due", "2026-05-01")).value())
        .isEqualTo(2026L);
    assertThatThrownBy(() -> evaluate(document(content), "d", Map.of("due", "tomorrow")))
        .isInstanceOf(EvaluationException.class);
  }

  @Test
  void aDecisionOfOtherEngines_isKnownById_andItsVariablesNeedNotBeDeclared() {
    String content =
        """
        <decision id="season" name="The season!">
          <decisionTable><input><inputExpression typeRef="integer"><text>temperature</text></inputExpression></input>
            <output name="seasonName" typeRef="string"/>
            <rule id="a"><inputEntry><text>&gt; 20</text></inputEntry><outputEntry><text>"summer"</text></outputEntry></rule>
            <rule id="b"><inputEntry><text>-</text></inputEntry><outputEntry><text>"winter"</text></outputEntry></rule>
          </decisionTable>
        </decision>
        <decision id="dish" name="The dish">
          <informationRequirement><requiredDecision href="#season"/></informationRequirement>
          <decisionTable hitPolicy="FIRST"><input><inputExpression typeRef="string"><text>%s</text></inputExpression></input>
            <output name="meal" typeRef="string"/><output name="guests" typeRef="long"/>
            <rule id="c"><inputEntry><text>"summer"</text></inputEntry><outputEntry><text>"salad"</text></outputEntry><outputEntry><text>people</text></outputEntry></rule>
          </decisionTable>
        </decision>
        """
            .replace("<decisionTable><input>", "<decisionTable hitPolicy=\"FIRST\"><input>");
    Map<String, Object> variables = Map.of("temperature", 30L, "people", 4L);

    for (String name : List.of("season", "seasonName")) {
      Decisions.Result result = evaluate(foreign(content.formatted(name)), "dish", variables);
      assertThat(result.value()).as(name).isEqualTo(Map.of("meal", "salad", "guests", 4L));
      assertThat(result.evaluation().rules())
          .containsExactly(new RuleHit("season", 1, "a"), new RuleHit("dish", 1, "c"));
      assertThat(result.evaluation().inputs())
          .containsEntry("temperature", 30L)
          .containsEntry("people", 4L);
    }
    assertThat(read(foreign(content.formatted("season")), "dish").name()).isEqualTo("The dish");
  }

  @Test
  void theEncodingIsTheDocuments() {
    String text = FRAME.formatted("", literal("\"é\"")).replace("UTF-8", "UTF-16").strip();

    assertThat(evaluate(text.getBytes(UTF_16), "d", Map.of()).value()).isEqualTo("é");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments(literal("1 +"), "l", "syntax error"),
        arguments(table("", "nosuch + -> 1"), "r1", "syntax error"),
        arguments(table("", "< 1 -> nosuch"), "r1", "Unknown variable 'nosuch'"),
        arguments(
            "<itemDefinition id='t' name='t'><typeRef>number</typeRef><allowedValues id='av'><text>&lt; (</text></allowedValues></itemDefinition>"
                + literal("1"),
            "t",
            "Error compiling allowed values"),
        arguments(literal("nosuch + 1"), "l", "Unknown variable 'nosuch'"),
        arguments(
            literal(
                "function(x) external { java: { class: \"java.lang.Math\", method signature: \"abs(int)\" } }"),
            "l",
            "no Java"),
        arguments(
            "<businessKnowledgeModel id='b' name='b'><variable name='b'/><encapsulatedLogic kind='Java'><context/></encapsulatedLogic></businessKnowledgeModel>"
                + literal("1"),
            "b",
            "written in FEEL; Java is not supported"),
        arguments(
            "<businessKnowledgeModel id='b' name='b'><variable name='b'/><encapsulatedLogic kind='PMML'><context/></encapsulatedLogic></businessKnowledgeModel>"
                + literal("1"),
            "b",
            "PMML is not supported"),
        arguments(
            "<decision id='d' name='d'><variable name='d'/><literalExpression expressionLanguage='javascript'><text>1</text></literalExpression></decision>",
            "d",
            "\"javascript\" is not supported"),
        arguments(
            "<import id='i' name='other' namespace='x' importType='https://www.omg.org/spec/DMN/20191111/MODEL/'/>"
                + literal("1"),
            "i",
            "imports \"x\", which is not deployed"),
        arguments(
            "<import id='i' name='other' namespace='http://example.org/dmn' importType='https://www.omg.org/spec/DMN/20191111/MODEL/'/>"
                + literal("1"),
            "i",
            "it imports itself"),
        arguments(
            "<import id='i' name='other' namespace='x' importType='http://www.dmg.org/PMML-4_4'/>"
                + literal("1"),
            "i",
            "is no DMN"),
        arguments(
            "<itemDefinition id='t' name='t'><typeRef>number</typeRef><allowedValues><text>&lt; count(for i in 1..9 return i)</text></allowedValues></itemDefinition>"
                + literal("1"),
            "t",
            "constants, ranges and matches"),
        arguments("<decision name='d'><variable name='d'/></decision>", null, "it needs an id"),
        arguments(literal("1") + literal("2"), "d", "stands in the document twice"),
        arguments(AGE, "defs", "there is no decision in it"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatCannotOrShallNotBeRun_isRefused(String content, String element, String message) {
    assertThat(problems(document(content)))
        .anySatisfy(
            problem -> {
              assertThat(problem.element()).isEqualTo(element);
              assertThat(problem.line()).isPositive();
              assertThat(problem.message()).contains(message);
            });
  }

  @Test
  void allProblemsAreNamedAtOnce() {
    String content =
        literal("1 +") + literal("x").replace("\"d\"", "\"e\"").replace("\"l\"", "\"m\"");

    assertThat(problems(document(content))).extracting(Problem::element).contains("l", "m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE definitions [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE definitions [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>"
      })
  void aDoctypeIsRefused(String doctype) {
    String text =
        FRAME.formatted("", literal("1")).replace("<definitions", doctype + "<definitions");

    assertThat(problems(text.getBytes(UTF_8)))
        .extracting(Problem::message)
        .anyMatch(message -> message.contains("DOCTYPE"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"x\".class",
        "\"x\".class.classLoader",
        "\"x\".Class.name",
        "\"x\".bytes",
        "{a: \"x\"}.a.class",
        "(function(x) x).evaluationContext",
        "abs.class",
        "{f: abs, g: f.class}.g",
        "[\"x\"].class[1]",
        "{a: {b: \"x\"}, c: a.b.class.name}.c"
      })
  void noClassIsInReach(String expression) {
    assertThat(valueOrNull(expression)).isNull();
  }

  @Test
  void noClassIsInReachOfAFilter() {
    assertThat(valueOrNull("[\"x\"][class != null]")).isIn(null, List.of());
    assertThat(valueOrNull("[\"x\"][getClass != null]")).isIn(null, List.of());
  }

  static Stream<Arguments> searches() {
    return Stream.of(
        arguments("matches(\"ABC\", \"^a.c$\", \"i\")", true),
        arguments("matches(pattern: \"[a-z-[aeiou]]+\", input: \"xyz\")", true),
        arguments("replace(\"a1b22\", \"([0-9]+)\", \"<$1>\")", "a<1>b<22>"),
        arguments("replace(\"a&'A\", \"a\", \"x\", \"i\")", "x&'x"),
        arguments("split(\"a;b;\", \";\")", List.of("a", "b", "")));
  }

  @ParameterizedTest
  @MethodSource("searches")
  void aPatternIsSearchedFor(String expression, Object expected) {
    assertThat(value(expression)).isEqualTo(expected);
  }

  /** The library would take the flags for a part of a query, which can open files and addresses. */
  @ParameterizedTest
  @ValueSource(strings = {"matches(\"a\", \"b\", %s)", "replace(\"a\", \"b\", \"c\", %s)"})
  void whatIsInTheFlagsIsNotCarriedOut(String search) {
    String query = "') or matches('x', 'x', '";

    assertThat(valueOrNull(search.formatted("\"i\""))).isIn(false, "a");
    assertThat(valueOrNull(search.formatted("\"" + query + "\""))).isNull();
    assertThat(valueOrNull(search.formatted("\"'), concat('a', '\""))).isNull();
  }

  private static byte[] limited(String values) {
    return document(
        """
        <itemDefinition name="code"><typeRef>string</typeRef>
          <allowedValues><text><![CDATA[%s]]></text></allowedValues>
        </itemDefinition>
        <inputData id="c_id" name="c"><variable name="c" typeRef="code"/></inputData>
        <decision id="d" name="d"><variable name="d"/>
          <informationRequirement><requiredInput href="#c_id"/></informationRequirement>
          <literalExpression id="l"><text>c</text></literalExpression>
        </decision>
        """
            .formatted(values));
  }

  @Test
  void aTypeCanBeLimitedByAPattern() {
    byte[] document = limited("matches(?, \"^[A-Z]+$\")");

    assertThat(evaluate(document, "d", Map.of("c", "ABC")).value()).isEqualTo("ABC");
    assertThatThrownBy(() -> evaluate(document, "d", Map.of("c", "abc")))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining("not allowed");
  }

  /** The library searches there by itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "matches(?, \"a\", ?)",
        "matches(input: ?, pattern: \"a\", flags: ?)",
        "replace(?, \"a\", \"b\", ?) = \"c\"",
        "split(?, \"((a+)+)+b\")[1] = \"a\"",
        "count(split(?, \"((a+)+)+b\")) = 1",
        "(if true then replace else abs)(?, \"a\", \"b\", ?) = \"c\""
      })
  void aTypeIsNotSearchedOtherwise(String values) {
    assertThatThrownBy(() -> DmnReader.read(limited(values), ImportedDocuments.NONE))
        .isInstanceOf(DeploymentRefused.class);
  }

  /** That it is refused, fails or has no value is all as well. */
  private static Object valueOrNull(String expression) {
    try {
      return value(expression);
    } catch (DeploymentRefused | EvaluationException e) {
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for i in 1..1000000000 return i",
        "some i in (for j in 1..1000000000 return j) satisfies i < 0",
        "count(for a in 1..100000 return for b in 1..100000 return 1)",
        "{a: \"xxxxxxxxxxxxxxxx\", b: a+a+a+a+a+a+a+a, c: b+b+b+b+b+b+b+b, d: c+c+c+c+c+c+c+c, e: d+d+d+d+d+d+d+d, f: e+e+e+e+e+e+e+e, g: f+f+f+f+f+f+f+f, h: g+g+g+g+g+g+g+g, i: h+h+h+h+h+h+h+h}.i",
        "{f: function(x) f(x + 1), r: f(1)}.r",
        "{a: [1,1,1,1,1,1,1,1,1,1], b: [a,a,a,a,a,a,a,a,a,a], c: [b,b,b,b,b,b,b,b,b,b], d: [c,c,c,c,c,c,c,c,c,c], e: [d,d,d,d,d,d,d,d,d,d], f: [e,e,e,e,e,e,e,e,e,e]}.f",
        "matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"(a|aa)+$\")",
        "replace(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"(A|AA)+$\", \"x\", \"i\")",
        "split(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"((a+)+)+b\")",
        "for i in 1..100000 return matches(\"aaaaaaaaaaaaaaaaaa!\", \"(a|aa)+$\")"
      })
  void whatCostsTooMuch_isGivenUp(String expression) {
    Assertions.assertTimeout(
        Duration.ofSeconds(20), () -> assertThat(valueOrNull(expression)).isNull());
  }

  @Test
  void manyThreadsAtOnce_eachGetTheirOwn() throws Exception {
    DecisionModel decision = read(document(table("", "< 18 -> age", ">= 18 -> age * 2")), "risk");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Decisions.Result>> calls = new ArrayList<>();
      for (long age = 0; age < 400; age++) {
        Map<String, Object> variables = Map.of("age", age);
        calls.add(() -> decision.evaluate(1, variables, NOW));
      }
      long age = 0;
      for (Future<Decisions.Result> result : threads.invokeAll(calls)) {
        assertThat(result.get().value()).isEqualTo(age < 18 ? age : age * 2);
        assertThat(result.get().evaluation().rules()).hasSize(1);
        age++;
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
