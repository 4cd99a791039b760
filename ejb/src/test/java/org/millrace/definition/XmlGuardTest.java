package org.millrace.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.api.operation.Problem;

class XmlGuardTest {

  /** The schema is loaded once, and takes longer than any document. */
  @BeforeAll
  static void warmUp() {
    Documents.read(Documents.process("<startEvent id=\"s\"/>"));
  }

  @Test
  void givenADocument_thenItsElementsKnowTheirLines() {
    XmlElement root =
        XmlGuard.read(
            "<?xml version='1.0'?>\n<a>\n  <b\n    id='x'/>\n  text<c/></a>".getBytes(UTF_8));

    assertThat(root.children()).extracting(XmlElement::kind).containsExactly("b", "c");
    assertThat(root.children()).extracting(XmlElement::line).containsExactly(3, 5);
    assertThat(root.children().get(0).id()).isEqualTo("x");
    assertThat(root.text().strip()).isEqualTo("text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>",
        "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1:1/a.dtd'> %x;]><a/>",
        """
        <!DOCTYPE a [<!ENTITY l1 'ha'><!ENTITY l2 '&l1;&l1;&l1;&l1;&l1;&l1;&l1;&l1;&l1;&l1;'>
        <!ENTITY l3 '&l2;&l2;&l2;&l2;&l2;&l2;&l2;&l2;&l2;&l2;'>]><a>&l3;</a>"""
      })
  void givenADoctype_thenItIsRefused(String xml) {
    assertThat(Documents.problems(xml.getBytes(UTF_8)))
        .singleElement()
        .extracting(Problem::message)
        .isEqualTo("a document has no DOCTYPE and no entities; take them out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "no xml",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a x='1' x='2'/>",
        "<a>&undefined;</a>",
        "<x:a/>",
        "{}",
        "<a>\u0001</a>",
        "<?xml version='1.0' encoding='nonsense'?><a/>"
      })
  void givenNoWellFormedXml_thenItIsRefusedWithAReason(String xml) {
    assertThat(Documents.problems(xml.getBytes(UTF_8))).hasSize(1);
  }

  @Test
  void theReasonNamesTheLine() {
    assertThat(Documents.problems("<a>\n<b>\n</a>".getBytes(UTF_8)))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.element()).isNull();
              assertThat(problem.line()).isEqualTo(3);
              assertThat(problem.message()).startsWith("the document is not well-formed XML: ");
            });
  }

  /** {@link AttackTest} says how long they take. */
  static List<String> hostile() {
    return List.of(
        "<a>".repeat(1_000_000),
        "<a>".repeat(201) + "</a>".repeat(201),
        "<a " + attributes(100_000) + "/>",
        "<a " + attributes(500) + "/>",
        "<a>" + "<b/>".repeat(1_000_000) + "</a>",
        "<" + "a".repeat(4_000_000) + "/>",
        "<a " + "x".repeat(1000) + "='1'/>",
        "<a x='" + "y".repeat(8_000_000) + "'/>",
        "<a>" + " ".repeat(8 * 1024 * 1024) + "</a>",
        "<a>" + "<!---->".repeat(1_000_000),
        "<a "
            + IntStream.range(0, 50_000)
                .mapToObj(i -> "xmlns:p" + i + "='u'")
                .collect(Collectors.joining(" "))
            + "/>");
  }

  private static String attributes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "x" + i + "='1'")
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void givenMoreThanAnyProcessNeeds_thenItIsRefusedInFewWords(String xml) {
    List<Problem> problems = Documents.problems(xml.getBytes(UTF_8));

    assertThat(problems)
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .hasSizeLessThan(2000);
  }

  @Test
  void givenAnEncodingInWhichMarkupLooksDifferent_thenItIsRefused() {
    assertThat(
            Documents.problems(
                "<?xml version=\"1.0\" encoding=\"Cp037\"?><a/>"
                    .getBytes(Charset.forName("Cp037"))))
        .hasSize(1);
  }

  @Test
  void givenAnotherEncoding_thenItIsReadAsDeclared() {
    byte[] utf16 =
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a id=\"\u00e9\"/>"
            .getBytes(StandardCharsets.UTF_16);

    assertThat(XmlGuard.read(utf16).id()).isEqualTo("é");
  }

  @Test
  void whateverADocumentNames_nothingIsFetched() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + server.getLocalPort();
      String document =
          new String(Documents.process("<startEvent id=\"s\"/>"), UTF_8)
              .replaceFirst(
                  "<definitions ",
                  "<definitions xsi:schemaLocation='urn:x %1$s/x.xsd urn:y %1$s/y.xsd' "
                          .formatted(url)
                      + "xsi:noNamespaceSchemaLocation='%s/none.xsd' ".formatted(url));
      ThrowingConsumer<String> tryToRead = text -> BpmnReader.read(text.getBytes(UTF_8));

      tryToRead.accept(document);
      tryToRead.accept(
          document.replace(
              "<startEvent",
              "<extensionElements><x xmlns='urn:x'/></extensionElements><startEvent"));
      Documents.problems(("<!DOCTYPE a SYSTEM '" + url + "/a.dtd'><a/>").getBytes(UTF_8));
      Documents.problems(
          ("<?xml-stylesheet href='"
                  + url
                  + "/a.xsl'?><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='"
                  + url
                  + "'/>")
              .getBytes(UTF_8));

      assertThat(hasCaller(server)).isFalse();
    }
  }

  /** A caller would be in the queue of the socket already. */
  private static boolean hasCaller(ServerSocket server) throws IOException {
    server.setSoTimeout(1);
    try {
      server.accept().close();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }
}
