package org.millrace.definition.decision;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.time.chrono.ChronoPeriod;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** One file of test cases of the compatibility kit: what it evaluates and what it expects. */
record KitCases(String model, List<Case> cases) {

  private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
  private static final BigDecimal TOLERANCE = new BigDecimal("0.00000001");

  /**
   * A case.
   *
   * @param service the decision service to evaluate, null where it is a decision
   */
  record Case(
      String id,
      @Nullable String service,
      Map<String, Object> inputs,
      List<Expectation> expectations) {}

  /** What a decision, or decision service, shall give. */
  record Expectation(String name, @Nullable Object value) {

    boolean isMetBy(@Nullable Object actual) {
      return same(value, actual);
    }
  }

  static KitCases read(Path file) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setNamespaceAware(true);
      Element root = factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
      String model = children(root, "modelName").get(0).getTextContent().strip();
      return new KitCases(
          model.endsWith(".dmn") ? model : model + ".dmn",
          children(root, "testCase").stream().map(KitCases::testCase).toList());
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file.toString(), e);
    }
  }

  String text(Path folder) throws IOException {
    return Files.readString(folder.resolve(model));
  }

  /** The other documents beside the model, if it imports any. */
  List<String> imported(Path folder) throws IOException {
    List<String> texts = new ArrayList<>();
    if (text(folder).contains("<import")) {
      try (DirectoryStream<Path> beside = Files.newDirectoryStream(folder, "*.dmn")) {
        for (Path file : beside) {
          if (!file.endsWith(model)) {
            texts.add(Files.readString(file));
          }
        }
      }
    }
    return texts;
  }

  private static Case testCase(Element element) {
    Map<String, Object> inputs = new LinkedHashMap<>();
    for (Element input : children(element, "inputNode")) {
      inputs.put(input.getAttribute("name"), value(input));
    }
    List<Expectation> expectations = new ArrayList<>();
    for (Element result : children(element, "resultNode")) {
      List<Element> expected = children(result, "expected");
      expectations.add(
          new Expectation(
              result.getAttribute("name"), expected.isEmpty() ? null : value(expected.get(0))));
    }
    boolean isService = element.getAttribute("type").equals("decisionService");
    return new Case(
        element.getAttribute("id"),
        isService ? element.getAttribute("invocableName") : null,
        inputs,
        expectations);
  }

  private static @Nullable Object value(Element of) {
    List<Element> lists = children(of, "list");
    if (!lists.isEmpty()) {
      List<Object> items = new ArrayList<>();
      children(lists.get(0), "item").forEach(item -> items.add(value(item)));
      return isNil(lists.get(0)) ? null : items;
    }
    List<Element> components = children(of, "component");
    if (!components.isEmpty()) {
      Map<String, Object> context = new LinkedHashMap<>();
      components.forEach(
          each -> context.put(each.getAttribute("name"), isNil(each) ? null : value(each)));
      return context;
    }
    List<Element> values = children(of, "value");
    return values.isEmpty() || isNil(values.get(0)) ? null : simple(values.get(0));
  }

  private static Object simple(Element value) {
    String type = value.getAttributeNS(XSI, "type");
    String text = value.getTextContent();
    return switch (type.substring(type.indexOf(':') + 1)) {
      case "decimal", "double" -> new BigDecimal(text.strip());
      case "boolean" -> Boolean.valueOf(text.strip());
      case "date" -> LocalDate.parse(text.strip());
      case "time" -> first(text.strip(), OffsetTime::parse, LocalTime::parse);
      case "dateTime" -> first(text.strip(), ZonedDateTime::parse, LocalDateTime::parse);
      case "duration" -> first(text.strip(), Duration::parse, Period::parse);
      default -> text;
    };
  }

  private static Object first(
      String text, Function<String, Object> one, Function<String, Object> other) {
    try {
      return one.apply(text);
    } catch (DateTimeParseException e) {
      return other.apply(text);
    }
  }

  private static boolean isNil(Element element) {
    return element.getAttributeNS(XSI, "nil").equals("true");
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getLocalName().equals(name)) {
        children.add(element);
      }
    }
    return children;
  }

  /** Numbers to eight digits, as the kit's own runners compare them. */
  private static boolean same(@Nullable Object expected, @Nullable Object actual) {
    Object left = comparable(expected);
    Object right = comparable(actual);
    if (left == null || right == null) {
      return left == right;
    } else if (left instanceof BigDecimal one && right instanceof BigDecimal other) {
      return one.subtract(other).abs().compareTo(TOLERANCE) < 0;
    } else if (left instanceof List<?> ones && right instanceof List<?> others) {
      boolean same = ones.size() == others.size();
      for (int i = 0; same && i < ones.size(); i++) {
        same = same(ones.get(i), others.get(i));
      }
      return same;
    } else if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> other) {
      return one.keySet().equals(other.keySet())
          && one.keySet().stream().allMatch(key -> same(one.get(key), other.get(key)));
    } else if (left instanceof OffsetDateTime one && right instanceof OffsetDateTime other) {
      return one.isEqual(other);
    } else if (left instanceof OffsetTime one && right instanceof OffsetTime other) {
      return one.isEqual(other);
    }
    return left.equals(right);
  }

  private static @Nullable Object comparable(@Nullable Object value) {
    if (value instanceof ChronoPeriod period) {
      return "months " + (period.get(ChronoUnit.YEARS) * 12 + period.get(ChronoUnit.MONTHS));
    } else if (value instanceof ZonedDateTime time) {
      return time.toOffsetDateTime();
    } else if (value instanceof Number number && !(number instanceof BigDecimal)) {
      return new BigDecimal(number.toString());
    } else if (value instanceof TemporalAccessor time
        && !(value instanceof OffsetTime)
        && time.query(TemporalQueries.localDate()) == null
        && time.query(TemporalQueries.zone()) != null) {
      return OffsetTime.from(time);
    }
    return value;
  }
}
