package org.millrace.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pulls one JSON value out of a text. */
final class JsonReader {

  /** Longer than any number that {@link Values} lets pass: its digits, zeros, sign and exponent. */
  private static final int MAX_NUMBER_LENGTH = Values.MAX_DIGITS + 100;

  /** Names are not kept beyond the document: its author chooses them. Depth is checked here. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser parser;

  private JsonReader(JsonParser parser) {
    this.parser = parser;
  }

  static Map<String, Object> object(String json, int depth) {
    if (json.isBlank()) {
      return new LinkedHashMap<>();
    }
    return requireNonNull(
        read(
            json,
            reader -> {
              if (reader.parser.currentToken() != JsonToken.START_OBJECT) {
                throw new JsonException("the text is no JSON object: it must begin with {");
              }
              return reader.object(depth);
            }));
  }

  static @Nullable Object value(String json, int depth) {
    return read(json, reader -> reader.value(depth));
  }

  private interface Reading<T> {
    @Nullable T from(JsonReader reader) throws IOException;
  }

  private static <T> @Nullable T read(String json, Reading<T> reading) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      try {
        if (parser.nextToken() == null) {
          throw new JsonException("the text is empty");
        }
        @Nullable T value = reading.from(new JsonReader(parser));
        if (parser.nextToken() != null) {
          throw new JsonException("there is more text behind the end of the JSON value");
        }
        return value;
      } catch (JsonException e) {
        throw at(parser.currentTokenLocation(), e.getMessage());
      }
    } catch (JsonProcessingException e) {
      throw at(e.getLocation(), e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be read", e);
    }
  }

  private static JsonException at(@Nullable JsonLocation location, @Nullable String message) {
    String place =
        location == null
            ? ""
            : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    return new JsonException(place + message);
  }

  private @Nullable Object value(int depth) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(depth);
      case START_ARRAY -> array(depth);
      case VALUE_STRING -> Values.text(parser.getText());
      case VALUE_NUMBER_INT -> whole();
      case VALUE_NUMBER_FLOAT -> number(parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new JsonException("a value was expected");
    };
  }

  private Map<String, Object> object(int depth) throws IOException {
    Values.requireDepth(depth);
    Map<String, Object> object = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      Values.text(name);
      if (object.containsKey(name)) {
        throw new JsonException("the key \"" + name + "\" stands here twice");
      }
      parser.nextToken();
      object.put(name, value(depth - 1));
    }
    return object;
  }

  private List<Object> array(int depth) throws IOException {
    Values.requireDepth(depth);
    List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(depth - 1));
    }
    return array;
  }

  /** Nearly all are small: without a text of its own for each. */
  private Number whole() throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? number(parser.getText())
        : parser.getLongValue();
  }

  private static Number number(String text) {
    try {
      return Values.number(new BigDecimal(text));
    } catch (NumberFormatException e) {
      throw new JsonException("a number has an exponent beyond ±" + Values.MAX_EXPONENT);
    }
  }
}
