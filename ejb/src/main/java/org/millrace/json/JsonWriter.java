package org.millrace.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one JSON text. */
final class JsonWriter {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** Up to here a number is written without an exponent: no text grows much beyond its digits. */
  private static final int MAX_PLAIN_SCALE = 40;

  private final StringWriter text = new StringWriter();
  private final JsonGenerator generator;
  private final int maxDepth;

  JsonWriter(int maxDepth) {
    this.maxDepth = maxDepth;
    try {
      // The lines of lines() are values of their own to Jackson; nothing is to stand between them.
      generator = FACTORY.createGenerator(text).setRootValueSeparator(null);
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be written", e);
    }
  }

  String text() {
    try {
      generator.close();
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be written", e);
    }
    return text.toString();
  }

  void value(@Nullable Object value) {
    try {
      write(value, maxDepth);
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be written", e);
    }
  }

  void lines(Map<String, ?> object) {
    try {
      String between = "{\n";
      for (Map.Entry<String, ?> entry : object.entrySet()) {
        generator.writeRaw(between);
        generator.writeString(Values.key(entry.getKey()));
        generator.writeRaw(':');
        write(entry.getValue(), maxDepth - 1);
        between = ",\n";
      }
      generator.writeRaw(object.isEmpty() ? "{}" : "\n}");
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be written", e);
    }
  }

  private void write(@Nullable Object value, int depth) throws IOException {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof String string) {
      generator.writeString(Values.text(string));
    } else if (value instanceof Boolean bool) {
      generator.writeBoolean(bool);
    } else if (value instanceof Number number) {
      write(Values.number(number));
    } else if (value instanceof Map<?, ?> map) {
      Values.requireDepth(depth);
      generator.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        generator.writeFieldName(Values.key(entry.getKey()));
        write(entry.getValue(), depth - 1);
      }
      generator.writeEndObject();
    } else if (value instanceof Collection<?> items) {
      Values.requireDepth(depth);
      generator.writeStartArray();
      for (Object item : items) {
        write(item, depth - 1);
      }
      generator.writeEndArray();
    } else {
      throw new JsonException("JSON has no value of type " + value.getClass().getName());
    }
  }

  private void write(Number number) throws IOException {
    if (number instanceof BigDecimal decimal) {
      boolean isPlain = decimal.scale() >= 0 && decimal.scale() <= MAX_PLAIN_SCALE;
      // Both forms are exact, and come back with the same scale.
      generator.writeNumber(isPlain ? decimal.toPlainString() : decimal.toString());
    } else {
      generator.writeNumber(number.longValue());
    }
  }
}
