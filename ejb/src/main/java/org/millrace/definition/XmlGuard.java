package org.millrace.definition;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.api.operation.Problem;

/**
 * Reads a document for the first time, before anything else sees it, and refuses what could harm: a
 * DOCTYPE with its entities, and any size beyond what a process needs. Fetches nothing. It uses the
 * JDK's own parser, whatever others the server has, for these settings are its own.
 */
final class XmlGuard {

  static final int MAX_BYTES = 8 * 1024 * 1024;
  static final int MAX_DEPTH = 200;
  static final int MAX_ELEMENTS = 100_000;
  static final int MAX_ATTRIBUTES = 100;
  static final int MAX_NAMESPACES = 200;
  static final int MAX_NAME = 200;
  static final int MAX_VALUE = 64 * 1024;

  private static final XMLInputFactory FACTORY = factory();

  /** In all of these the letters of the markup are those of ASCII. */
  private static final Set<String> ENCODINGS =
      Set.of("UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ISO-8859-1", "WINDOWS-1252");

  /** An element that is not closed yet. */
  private record Open(XmlElement element, StringBuilder text) {}

  private final XMLStreamReader reader;
  private final Deque<Open> open = new ArrayDeque<>();
  private final Map<QName, QName> names = new HashMap<>();
  private int elements;
  private int line = 1;

  private XmlGuard(XMLStreamReader reader) {
    this.reader = reader;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty("http://www.oracle.com/xml/jaxp/properties/elementAttributeLimit", "1000");
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("nothing is fetched for a document");
        });
    return factory;
  }

  /**
   * Reads a document.
   *
   * @throws DeploymentRefused if it is not well-formed, or more than the engine reads
   */
  static XmlElement read(byte[] xml) {
    if (xml.length > MAX_BYTES) {
      throw refused(
          0, "the document has %d bytes; at most %d are allowed".formatted(xml.length, MAX_BYTES));
    }
    if (hasManyNamespaces(xml)) {
      throw refused(
          0, "the document has more than %d namespaces on one element".formatted(MAX_NAMESPACES));
    }
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml));
      try {
        return new XmlGuard(reader).document();
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNumber());
      throw refused(line, "the document is not well-formed XML: " + reason(e));
    }
  }

  /**
   * Whether an element declares so many namespaces that the parser would take seconds to compare
   * each with each. Zeros are skipped: they are half of UTF-16.
   */
  private static boolean hasManyNamespaces(byte[] xml) {
    int found = 0;
    int matched = 0;
    for (byte b : xml) {
      if (b == '<') {
        found = 0;
      }
      if (b != 0) {
        matched = b == "xmlns".charAt(matched) ? matched + 1 : b == 'x' ? 1 : 0;
      }
      if (matched == "xmlns".length()) {
        matched = 0;
        if (++found > MAX_NAMESPACES) {
          return true;
        }
      }
    }
    return false;
  }

  private XmlElement document() throws XMLStreamException {
    String encoding = String.valueOf(reader.getCharacterEncodingScheme());
    if (reader.getCharacterEncodingScheme() != null
        && !ENCODINGS.contains(encoding.toUpperCase(Locale.ROOT))) {
      throw refused(1, "the encoding " + encoding + " is not supported; write UTF-8");
    }
    while (true) {
      // What the parser has read up to here ends where the next element begins.
      line = reader.getLocation().getLineNumber();
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> begin();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text();
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw refused(line, "a document has no DOCTYPE and no entities; take them out");
        case XMLStreamConstants.END_ELEMENT -> {
          XmlElement element = end();
          if (open.isEmpty()) {
            readToTheEnd();
            return element;
          }
        }
        // Comments and processing instructions say nothing, but take their time.
        default -> limit(++elements, MAX_ELEMENTS, "elements and comments");
      }
    }
  }

  private void begin() {
    limit(++elements, MAX_ELEMENTS, "elements and comments");
    limit(open.size() + 1, MAX_DEPTH, "levels of elements");
    limit(reader.getAttributeCount(), MAX_ATTRIBUTES, "attributes on one element");
    limit(reader.getLocalName().length(), MAX_NAME, "characters in a name");
    Map<QName, String> attributes = new LinkedHashMap<>(2 * reader.getAttributeCount());
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      limit(reader.getAttributeLocalName(i).length(), MAX_NAME, "characters in a name");
      limit(reader.getAttributeValue(i).length(), MAX_VALUE, "characters in an attribute");
      attributes.put(known(reader.getAttributeName(i)), reader.getAttributeValue(i));
    }
    if (open.isEmpty()) {
      for (int i = 0; i < reader.getNamespaceCount(); i++) {
        String prefix = reader.getNamespacePrefix(i) == null ? "" : reader.getNamespacePrefix(i);
        attributes.put(
            new QName(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, prefix), reader.getNamespaceURI(i));
      }
    }
    QName name = known(new QName(reader.getNamespaceURI(), reader.getLocalName()));
    open.push(
        new Open(
            new XmlElement(name, line, attributes, new ArrayList<>(), ""), new StringBuilder()));
  }

  /** There are many elements and few names. */
  private QName known(QName name) {
    return names.computeIfAbsent(name, first -> first);
  }

  private void text() {
    if (!open.isEmpty()) {
      open.element().text().append(reader.getText());
    }
  }

  private XmlElement end() {
    Open done = open.pop();
    XmlElement bare = done.element();
    XmlElement element =
        new XmlElement(
            bare.name(),
            bare.line(),
            bare.attributes(),
            List.copyOf(bare.children()),
            done.text().toString());
    if (!open.isEmpty()) {
      open.element().element().children().add(element);
    }
    return element;
  }

  private void readToTheEnd() throws XMLStreamException {
    while (reader.hasNext()) {
      reader.next();
    }
  }

  private void limit(int size, int max, String what) {
    if (size > max) {
      throw refused(line, "the document has more than %d %s".formatted(max, what));
    }
  }

  private static DeploymentRefused refused(int line, String message) {
    return new DeploymentRefused(List.of(new Problem(null, line, message)));
  }

  /** The parser's reason without the place, which the problem names already. */
  private static String reason(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    int at = message.indexOf("Message: ");
    return at < 0 ? message : message.substring(at + "Message: ".length());
  }
}
