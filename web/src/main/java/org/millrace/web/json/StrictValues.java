package org.millrace.web.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads strings and variables, and takes nothing for what it is not. */
final class StrictValues {

  /** As far as the engine takes numbers, which is as far as IEEE decimals of 128 bits go. */
  private static final int MAX_EXPONENT = 6144;

  static final SimpleModule MODULE =
      new SimpleModule("strict-values")
          .addDeserializer(String.class, new Text())
          .addDeserializer(Variables.class, new Members());

  private StrictValues() {}

  /** A string and nothing that could be turned into one. */
  private static final class Text extends StdDeserializer<String> {
    Text() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        return (String) context.handleUnexpectedToken(String.class, json);
      }
      return storable(json, json.getText());
    }
  }

  private static final class Members extends StdDeserializer<Variables> {
    Members() {
      super(Variables.class);
    }

    @Override
    public Variables deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        return (Variables) context.handleUnexpectedToken(Variables.class, json);
      }
      return new Variables(members(json, 1));
    }
  }

  private static @Nullable Object value(JsonParser json, int depth) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> members(json, depth);
      case START_ARRAY -> elements(json, depth);
      case VALUE_STRING -> storable(json, json.getText());
      case VALUE_NUMBER_INT ->
          json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? json.getDecimalValue()
              : (Number) json.getLongValue();
      case VALUE_NUMBER_FLOAT -> exact(json);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw JsonMappingException.from(json, "is not a JSON value");
    };
  }

  /** 1e3 is the integer 1000; what has a fraction keeps its digits. */
  private static Number exact(JsonParser json) throws IOException {
    BigDecimal number = decimal(json);
    if (number.scale() <= 0 && number.toBigIntegerExact().bitLength() < Long.SIZE) {
      return number.longValueExact();
    }
    return number;
  }

  private static BigDecimal decimal(JsonParser json) throws IOException {
    String reason = "contains a number with an exponent beyond ±" + MAX_EXPONENT;
    try {
      BigDecimal number = json.getDecimalValue();
      long exponent = (long) number.precision() - number.scale();
      if (Math.max(Math.abs(exponent), Math.abs((long) number.scale())) <= MAX_EXPONENT) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw JsonMappingException.from(json, reason, e);
    }
    throw JsonMappingException.from(json, reason);
  }

  private static Map<String, Object> members(JsonParser json, int depth) throws IOException {
    requireDepth(json, depth);
    Map<String, Object> members = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = storable(json, json.currentName());
      json.nextToken();
      members.put(name, value(json, depth + 1));
    }
    return members;
  }

  private static List<Object> elements(JsonParser json, int depth) throws IOException {
    requireDepth(json, depth);
    List<Object> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(json, depth + 1));
    }
    return elements;
  }

  private static void requireDepth(JsonParser json, int depth) throws IOException {
    if (depth > Variables.MAX_DEPTH) {
      throw JsonMappingException.from(json, "nests deeper than " + Variables.MAX_DEPTH);
    }
  }

  /** Databases take no NUL, and half a surrogate pair is no character. */
  private static String storable(JsonParser json, String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw JsonMappingException.from(json, "contains the character NUL");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw JsonMappingException.from(json, "contains half a surrogate pair");
      }
    }
    return text;
  }
}
