package org.millrace.web.page;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The text of an XML document, whose bytes name their encoding themselves. */
final class Document {

  private Document() {}

  static String text(byte[] xml) {
    return new String(xml, charset(xml)).replace("\uFEFF", "");
  }

  private static Charset charset(byte[] xml) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
      try {
        return Optional.ofNullable(reader.getEncoding())
            .map(Charset::forName)
            .orElse(StandardCharsets.UTF_8);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw new IllegalArgumentException("The engine deploys no document that is not XML", e);
    }
  }
}
