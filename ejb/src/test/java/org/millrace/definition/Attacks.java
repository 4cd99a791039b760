package org.millrace.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.millrace.api.operation.DeploymentRefused;

/**
 * Documents that are meant to hurt. Run as a program it reads them all, one after the other, and
 * says of each what {@link Answer} says: in a JVM of its own, which has little memory.
 */
final class Attacks {

  /**
   * What became of a document.
   *
   * @param millis processor time of the thread that read it
   * @param outcome {@code read}, {@code refused}, or what else has been thrown
   */
  record Answer(String attack, long millis, String outcome) {

    static Answer of(String line) {
      String[] parts = line.split("\t", 3);
      return new Answer(parts[2], Long.parseLong(parts[0]), parts[1]);
    }

    private String line() {
      return millis + "\t" + outcome + "\t" + attack;
    }
  }

  /** One document, made only when it is its turn. */
  private record Attack(String name, Supplier<byte[]> document) {}

  private static final String PROCESS =
      "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' targetNamespace='t'><process id='p' isExecutable='true'>";
  private static final String CLOSED =
      "</documentation><startEvent id='s'/></process></definitions>";

  /** Each opens what it does not close. */
  private static final List<String> EXPRESSIONS =
      List.of(
          "40 (",
          "4900 (",
          "4900 [",
          "20 if (",
          "14 [(",
          "30 for i in (",
          "30 some i in (",
          "30 function(a) (",
          "40 f(",
          "4900 1+",
          "9000 -",
          "3000 a[1].",
          "480 if true then 1 else ",
          "4900 /*",
          "900 ${(",
          "9000 !",
          "40 {a:",
          "1900 {a:",
          "900 a b c ",
          "3000 x<",
          "1900 not(",
          "40 a.b(c,",
          "900 x between 1 and ",
          "1400 x in [",
          "2400 1..",
          "4900 \"a\"");

  /** No attack: the honest document that takes longest, to compare the others with. */
  static final String HONEST = "honest expressions, as many characters as there may be";

  private static final List<Attack> ALL = all();

  private Attacks() {}

  public static void main(String[] arguments) {
    warmUp();
    ALL.forEach(attack -> System.out.println(answer(attack).line()));
  }

  static List<String> names() {
    return ALL.stream().map(Attack::name).toList();
  }

  /** The schema, FEEL's engine and that of decisions take their time once. */
  private static void warmUp() {
    for (String expression : List.of("x > 1 @", "for i in [1] return i", "(((1")) {
      outcome(condition(expression));
      outcome(literal(expression));
      outcome(cell(expression));
    }
  }

  private static Answer answer(Attack attack) {
    byte[] document = attack.document().get();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    String outcome = outcome(document);
    return new Answer(
        attack.name(), (threads.getCurrentThreadCpuTime() - begin) / 1_000_000, outcome);
  }

  @SuppressWarnings("CatchingUnchecked") // Whatever it is, it is the answer.
  private static String outcome(byte[] document) {
    try {
      boolean isEmpty =
          DmnReader.isDmn(document)
              ? DmnReader.read(document, ImportedDocuments.NONE).decisions().isEmpty()
              : BpmnReader.read(document).isEmpty();
      return isEmpty ? "nothing" : "read";
    } catch (DeploymentRefused refused) {
      return refused.problems().isEmpty() ? "no problem" : "refused";
    } catch (RuntimeException | Error e) {
      return e.getClass().getSimpleName();
    }
  }

  private static List<Attack> all() {
    List<Attack> all = new ArrayList<>();
    all.addAll(markup());
    all.addAll(structures());
    for (String text : EXPRESSIONS) {
      String[] parts = text.split(" ", 2);
      String open = parts[1].repeat(Integer.parseInt(parts[0]));
      for (String end : List.of("", "1", "1 @" + ")".repeat(30))) {
        String name = text + " ... " + end;
        all.add(new Attack("condition " + name, () -> condition(open + end)));
        all.add(new Attack("decision " + name, () -> literal(open + end)));
        all.add(new Attack("cell " + name, () -> cell(open + end)));
      }
      all.add(new Attack("EL " + text, () -> condition("${" + open + "}")));
    }
    all.add(decisions(HONEST, 100, i -> literal("d" + i, "", "1+".repeat(490) + "1")));
    return all;
  }

  private static List<Attack> markup() {
    return List.of(
        new Attack("nothing", () -> new byte[0]),
        xml("a document type", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>", "<a/>", 1, ""),
        xml("an entity bomb", "<!DOCTYPE a [" + entities() + "]>", "<a>&l30;</a>", 1, ""),
        xml("a million levels", "", "<a>", 1_000_000, ""),
        xml("201 levels", "", "<a>", 201, "</a>".repeat(201)),
        xml("100,000 attributes", "<a", times(1000, i -> " x" + i + "='1'"), 100, "/>"),
        xml("50,000 namespaces", "<a", times(1000, i -> " xmlns:p" + i + "='u'"), 50, "/>"),
        xml("a million elements", "<a>", "<b/>", 1_000_000, "</a>"),
        xml("a million comments", "<a>", "<!---->", 1_000_000, ""),
        xml("a name without end", "<", "a", 4_000_000, "/>"),
        xml("an attribute without end", "<a x='", "y", 8_000_000, "'/>"),
        xml("more than 8 MiB", "<a>", " ", 8 * 1024 * 1024, "</a>"),
        xml("8 MiB of nothing", "<a>", " ", 8 * 1024 * 1024 - 7, "</a>"),
        xml("8 MiB of elements", PROCESS, "<task name='x'/>", 500_000, ""),
        xml("8 MiB of documentation", PROCESS + "<documentation>", "x ", 4_000_000, CLOSED),
        new Attack("half a process", () -> half(process("<task id='a'/>".repeat(5000)))),
        new Attack("half a decision", () -> half(literal("1 + 1"))));
  }

  /** Made without more memory than the document itself takes. */
  private static Attack xml(String name, String begin, String part, int times, String end) {
    return new Attack(
        name,
        () -> {
          byte[] parts = part.getBytes(UTF_8);
          byte[] tail = end.getBytes(UTF_8);
          int head = begin.length();
          byte[] document =
              Arrays.copyOf(begin.getBytes(UTF_8), head + parts.length * times + tail.length);
          for (int i = 0; i < times; i++) {
            System.arraycopy(parts, 0, document, head + i * parts.length, parts.length);
          }
          System.arraycopy(tail, 0, document, document.length - tail.length, tail.length);
          return document;
        });
  }

  private static String entities() {
    return "<!ENTITY l0 'ha'>"
        + times(30, i -> "<!ENTITY l%d '&l%d;&l%d;'>".formatted(i + 1, i, i));
  }

  private static byte[] half(byte[] document) {
    return Arrays.copyOf(document, document.length / 2);
  }

  private static List<Attack> structures() {
    return List.of(
        structure(
            "a ring of gateways",
            () ->
                times(
                    8000,
                    i ->
                        "<exclusiveGateway id='g%d'/><sequenceFlow id='f%d' sourceRef='g%d' targetRef='g%d'/>"
                            .formatted(i, i, i, (i + 1) % 8000))),
        structure(
            "a star of inclusive gateways",
            () ->
                "<inclusiveGateway id='j'/>"
                    + times(
                        3000,
                        i ->
                            "<inclusiveGateway id='g%d'/><sequenceFlow id='f%d' sourceRef='g%d' targetRef='j'/><sequenceFlow id='b%d' sourceRef='j' targetRef='g%d'/>"
                                .formatted(i, i, i, i, i))),
        structure(
            "many flows between two",
            () ->
                "<task id='a'/>"
                    + times(
                        20_000,
                        i -> "<sequenceFlow id='f%d' sourceRef='s' targetRef='a'/>".formatted(i))),
        structure(
            "many events on one activity",
            () ->
                "<userTask id='a'/>"
                    + times(
                        5000,
                        i ->
                            "<boundaryEvent id='b%d' attachedToRef='a'><errorEventDefinition/></boundaryEvent>"
                                .formatted(i))),
        structure(
            "many event sub-processes",
            () ->
                times(
                    3000,
                    i ->
                        "<subProcess id='e%d' triggeredByEvent='true'><startEvent id='s%d'><errorEventDefinition/></startEvent></subProcess>"
                            .formatted(i, i))),
        structure(
            "many associations",
            () ->
                "<task id='a' isForCompensation='true'/>"
                    + times(
                        15_000,
                        i ->
                            "<association id='x%d' sourceRef='b%d' targetRef='a'/>"
                                .formatted(i, i))),
        structure(
            "many mappings",
            () ->
                "<serviceTask id='a'><extensionElements><zeebe:ioMapping>"
                    + times(5000, i -> "<zeebe:input target='a.b%d' source='= x'/>".formatted(i))
                    + "</zeebe:ioMapping></extensionElements></serviceTask>"),
        structure("a process that calls itself", () -> "<callActivity id='c' calledElement='p'/>"),
        structure(
            "a long list of pauses",
            () ->
                "<serviceTask id='a'><extensionElements><camunda:failedJobRetryTimeCycle>"
                    + "P,".repeat(60_000)
                    + "</camunda:failedJobRetryTimeCycle></extensionElements></serviceTask>"),
        structure(
            "a bean with many arguments",
            () ->
                "<serviceTask id='a' camunda:expression='${a.b(" + "1,".repeat(20_000) + "1)}'/>"),
        structure(
            "many costly expressions",
            () -> "<task id='a'/>" + flow("((((((((((((1 @").repeat(300)),
        decisions("many decisions", 5000, i -> literal("d" + i, "", "1 + 1")),
        decisions("many decisions that nest", 500, i -> literal("d" + i, "", "(".repeat(60) + "1")),
        decisions(
            "a ring of decisions",
            1000,
            i -> literal("d" + i, required((i + 1) % 1000), "d" + (i + 1) % 1000)),
        decisions(
            "decisions that require all before them",
            200,
            i -> literal("d" + i, times(i, Attacks::required), "1")),
        new Attack(
            "a table of many rules",
            () ->
                dmn(
                    table(
                        times(
                            20_000,
                            i -> "<rule id='r%d'>%s</rule>".formatted(i, entry("< " + i)))))),
        new Attack(
            "a table as large as it may be",
            () ->
                dmn(
                    table(
                        times(
                            2995, i -> "<rule id='r%d'>%s</rule>".formatted(i, entry("< " + i)))))),
        decisions(
            "as many characters as there may be",
            10,
            i -> literal("d" + i, "", "1+".repeat(4990) + "1")),
        decisions("as many decisions as there may be", 1000, i -> literal("d" + i, "", "1 + 1")),
        decisions(
            "types that nest",
            1,
            i ->
                times(150, j -> "<itemComponent name='c%d' id='c%d'>".formatted(j, j))
                        .transform(open -> "<itemDefinition name='t' id='t'>" + open)
                    + "<typeRef>string</typeRef>"
                    + "</itemComponent>".repeat(150)
                    + "</itemDefinition>"
                    + literal("d", "", "1")),
        decisions(
            "types in a circle",
            2,
            i ->
                "<itemDefinition name='t%d' id='t%d'><typeRef>t%d</typeRef></itemDefinition>"
                        .formatted(i, i, 1 - i)
                    + literal("d" + i, "", "1")));
  }

  private static Attack structure(String name, Supplier<String> content) {
    return new Attack(name, () -> process(content.get()));
  }

  private static Attack decisions(String name, int times, IntFunction<String> part) {
    return new Attack(name, () -> dmn(times(times, part)));
  }

  private static byte[] process(String content) {
    return Documents.process("<startEvent id='s'/>" + content);
  }

  private static byte[] condition(String text) {
    return process("<task id='a'/>" + flow(text));
  }

  private static String flow(String condition) {
    return "<sequenceFlow id='f' sourceRef='s' targetRef='a'><conditionExpression><![CDATA[%s]]></conditionExpression></sequenceFlow>"
        .formatted(condition);
  }

  private static byte[] dmn(String content) {
    return "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' id='defs' name='defs' namespace='http://example.org/dmn'>%s</definitions>"
        .formatted(content)
        .getBytes(UTF_8);
  }

  private static byte[] literal(String text) {
    return dmn(literal("d", "", text));
  }

  private static String literal(String id, String requirements, String text) {
    return "<decision id='%s' name='%s'><variable name='%s'/>%s<literalExpression><text><![CDATA[%s]]></text></literalExpression></decision>"
        .formatted(id, id, id, requirements, text);
  }

  private static String required(int decision) {
    return "<informationRequirement><requiredDecision href='#d%d'/></informationRequirement>"
        .formatted(decision);
  }

  private static byte[] cell(String text) {
    return dmn(table("<rule id='r'>%s</rule>".formatted(entry(text))));
  }

  private static String entry(String text) {
    return "<inputEntry><text><![CDATA[%s]]></text></inputEntry><outputEntry><text>1</text></outputEntry>"
        .formatted(text);
  }

  private static String table(String rules) {
    return "<decision id='d' name='d'><variable name='d'/><decisionTable><input><inputExpression><text>1</text></inputExpression></input><output/>%s</decisionTable></decision>"
        .formatted(rules);
  }

  private static String times(int times, IntFunction<String> part) {
    return IntStream.range(0, times).mapToObj(part).collect(Collectors.joining());
  }
}
