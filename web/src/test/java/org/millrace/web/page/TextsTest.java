package org.millrace.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Whatever a person reads on a page comes from a bundle that speaks both languages. */
class TextsTest {

  private static final Path WEBAPP = Path.of("src/main/webapp");
  private static final Path JAVA = Path.of("src/main/java/org/millrace/web/page");
  private static final Path BUNDLES = Path.of("src/main/resources/org/millrace/web/page");

  private static final Pattern EXPRESSION = Pattern.compile("#\\{.*?}", Pattern.DOTALL);

  /**
   * {@code msg['state.any']}, or {@code msg['state.' += state]} of which only the start is seen.
   */
  private static final Pattern KEY = Pattern.compile("msg\\['([^']+)'(\\s*\\+=)?");

  private static final Pattern KEY_IN_JAVA = Pattern.compile("\"([a-z]+\\.[a-zA-Z]+)\"");

  /** Attributes that a person gets to see or hear. */
  private static final Set<String> READ =
      Set.of(
          "title",
          "alt",
          "header",
          "headerText",
          "itemLabel",
          "label",
          "text",
          "hint",
          "message",
          "emptyMessage",
          "aria-label",
          "pt:aria-label",
          "currentPageReportTemplate");

  /** The product's own name; an example of what to write, in no language; marks between words. */
  private static final Set<String> NO_TEXT = Set.of("Millrace", "· Millrace");

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(WEBAPP)) {
      return files.filter(file -> file.toString().endsWith(".xhtml")).toList().stream();
    }
  }

  @Test
  void bothBundlesHaveTheSameKeys() throws IOException {
    assertThat(bundle("messages_zh").stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(bundle("messages").stringPropertyNames());
  }

  @Test
  void bothBundlesFillInTheSameValues() throws IOException {
    Properties english = bundle("messages");
    Properties chinese = bundle("messages_zh");
    for (String key : english.stringPropertyNames()) {
      assertThat(values(chinese.getProperty(key)))
          .as(key)
          .isEqualTo(values(english.getProperty(key)));
      assertThat(chinese.getProperty(key)).as(key).isNotBlank();
      assertThat(english.getProperty(key)).as(key).isNotBlank().doesNotContain("'");
    }
  }

  @Test
  void chineseIsChinese() throws IOException {
    Properties chinese = bundle("messages_zh");
    assertThat(chinese.stringPropertyNames())
        .filteredOn(key -> !chinese.getProperty(key).matches(".*\\p{IsHan}.*"))
        .containsExactlyInAnyOrder("nav.otherLanguage", "definition.id");
  }

  @Test
  void everyKeyIsUsedSomewhere() throws IOException {
    Set<String> used = new TreeSet<>();
    Set<String> starts = new TreeSet<>();
    for (Path page : pages().toList()) {
      keys(Files.readString(page), used, starts);
    }
    keysInJava(used);
    assertThat(bundle("messages").stringPropertyNames())
        .filteredOn(key -> !key.startsWith("jakarta.") && !key.startsWith("primefaces."))
        .filteredOn(key -> !used.contains(key) && starts.stream().noneMatch(key::startsWith))
        .isEmpty();
  }

  @Test
  void everyKeyInJavaIsKnown() throws IOException {
    Set<String> used = new TreeSet<>();
    keysInJava(used);
    assertThat(used).isNotEmpty();
    assertThat(bundle("messages").stringPropertyNames()).containsAll(used);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyKeyOfAPageIsKnown(Path page) throws IOException {
    Set<String> used = new TreeSet<>();
    Set<String> starts = new TreeSet<>();
    keys(Files.readString(page), used, starts);
    Set<String> known = bundle("messages").stringPropertyNames();
    assertThat(known).containsAll(used);
    assertThat(starts).allMatch(start -> known.stream().anyMatch(key -> key.startsWith(start)));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noPageHasTextOfItsOwn(Path page) throws Exception {
    List<String> found = new ArrayList<>();
    collect(parse(page).getDocumentElement(), found);
    assertThat(found).isEmpty();
  }

  private static Properties bundle(String name) throws IOException {
    Properties bundle = new Properties();
    try (Reader reader = Files.newBufferedReader(BUNDLES.resolve(name + ".properties"), UTF_8)) {
      bundle.load(reader);
    }
    return bundle;
  }

  private static Set<String> values(String text) {
    Set<String> values = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\{\\w+}").matcher(text);
    while (matcher.find()) {
      values.add(matcher.group());
    }
    return values;
  }

  private static void keys(String page, Set<String> whole, Set<String> starts) {
    Matcher matcher = KEY.matcher(page);
    while (matcher.find()) {
      (matcher.group(2) == null ? whole : starts).add(matcher.group(1));
    }
  }

  private static void keysInJava(Set<String> used) throws IOException {
    try (Stream<Path> files = Files.list(JAVA)) {
      for (Path file : files.toList()) {
        Matcher matcher = KEY_IN_JAVA.matcher(Files.readString(file));
        while (matcher.find()) {
          if (!matcher.group(1).startsWith("millrace.")) {
            used.add(matcher.group(1));
          }
        }
      }
    }
  }

  private static Document parse(Path page) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(page.toFile());
  }

  private static void collect(Node node, List<String> found) {
    if (node.getNodeType() == Node.TEXT_NODE) {
      check(node.getTextContent(), found);
    }
    if (node instanceof Element element && !element.getTagName().startsWith("cc:attribute")) {
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        Attr attribute = (Attr) element.getAttributes().item(i);
        boolean shown =
            attribute.getName().equals("value")
                && element.getTagName().matches("[hp]:(link|output.*|command.*)");
        if (shown || READ.contains(attribute.getName())) {
          check(attribute.getValue(), found);
        }
      }
    }
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      collect(child, found);
    }
  }

  private static void check(String text, List<String> found) {
    String own = EXPRESSION.matcher(text).replaceAll("").strip();
    if (own.matches("(?s).*\\p{L}.*") && !NO_TEXT.contains(own)) {
      found.add(own);
    }
  }
}
