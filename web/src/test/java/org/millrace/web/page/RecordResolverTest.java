package org.millrace.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.el.ELException;
import jakarta.el.ELProcessor;
import jakarta.el.PropertyNotWritableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordResolverTest {

  /** What the pages read. */
  public record Order(String id, int items) {}

  private final ELProcessor expressions = new ELProcessor();

  @BeforeEach
  void setUp() {
    expressions.getELManager().addELResolver(new RecordResolver());
    expressions.defineBean("order", new Order("O-1", 3));
  }

  @Test
  void readsComponents() {
    assertThat(expressions.<String>eval("order.id += '/' += order.items")).isEqualTo("O-1/3");
  }

  @Test
  void refusesUnknownComponents() {
    assertThatExceptionOfType(ELException.class).isThrownBy(() -> expressions.eval("order.name"));
  }

  @Test
  void writesNothing() {
    assertThatExceptionOfType(PropertyNotWritableException.class)
        .isThrownBy(() -> expressions.setValue("order.id", "O-2"));
  }
}
