package org.millrace.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTest {

  @ParameterizedTest
  @CsvSource({"UTF-8, 订单 é", "UTF-16, 订单 é", "ISO-8859-1, Grün é", "GB18030, 订单"})
  void readsTheEncodingThatTheDocumentNames(String encoding, String name) {
    String xml = "<?xml version='1.0' encoding='" + encoding + "'?>\n<a name='" + name + "'/>";
    assertThat(Document.text(xml.getBytes(Charset.forName(encoding)))).isEqualTo(xml);
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, <a name='订单'/>", "UTF-8, \uFEFF<a name='订单'/>"})
  void takesUtf8WhereNoneIsNamed(String encoding, String xml) {
    assertThat(Document.text(xml.getBytes(Charset.forName(encoding)))).isEqualTo("<a name='订单'/>");
  }
}
