package org.millrace.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one form that each JSON-like value has in the engine. */
final class Values {

  static final int MAX_DIGITS = 1000;
  static final int MAX_EXPONENT = 6144;

  private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private Values() {}

  static @Nullable Object canonical(@Nullable Object value, int depth) {
    if (value == null || value instanceof Boolean || value instanceof Long) {
      return value;
    }
    if (value instanceof String text) {
      return text(text);
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof Map<?, ?> map) {
      requireDepth(depth);
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(key(key), canonical(item, depth - 1)));
      return copy;
    }
    if (value instanceof Collection<?> items) {
      requireDepth(depth);
      List<@Nullable Object> copy = new ArrayList<>(items.size());
      items.forEach(item -> copy.add(canonical(item, depth - 1)));
      return copy;
    }
    throw new JsonException("JSON has no value of type " + value.getClass().getName());
  }

  static String key(@Nullable Object key) {
    if (key instanceof String text) {
      return text(text);
    }
    throw new JsonException("a key of a JSON object is a string, not " + key);
  }

  /** A number as Long if it has no fraction and fits, else as BigDecimal; never rounded. */
  static Number number(Number number) {
    if (number instanceof Long || number instanceof Integer || number instanceof Short) {
      return number.longValue();
    }
    if (number instanceof BigDecimal decimal) {
      return decimal(decimal);
    }
    if (number instanceof BigInteger integer) {
      return decimal(new BigDecimal(integer));
    }
    try {
      // What remains prints itself as a decimal number: Double, Float, Byte, the atomic ones.
      return decimal(new BigDecimal(number.toString()));
    } catch (NumberFormatException e) {
      throw new JsonException("JSON has no number " + number);
    }
  }

  private static Number decimal(BigDecimal number) {
    if (number.precision() > MAX_DIGITS) {
      throw new JsonException("a number has more than " + MAX_DIGITS + " digits");
    }
    long exponent = (long) number.precision() - number.scale();
    if (Math.abs(exponent) > MAX_EXPONENT || Math.abs((long) number.scale()) > MAX_EXPONENT) {
      throw new JsonException("a number has an exponent beyond ±" + MAX_EXPONENT);
    }
    boolean isLong =
        number.scale() <= 0 && number.compareTo(MIN_LONG) >= 0 && number.compareTo(MAX_LONG) <= 0;
    return isLong ? (Number) number.longValueExact() : number;
  }

  static String text(String text) {
    String flaw = flaw(text);
    if (flaw != null) {
      throw new JsonException("a string contains " + flaw);
    }
    return text;
  }

  static @Nullable String flaw(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return "the character U+0000 (NUL), which cannot be stored";
      }
      if (Character.isSurrogate(c)) {
        boolean isPair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!isPair) {
          return "half of a surrogate pair, which is no character";
        }
        i++;
      }
    }
    return null;
  }

  static String storable(String text) {
    return flaw(text) == null
        ? text
        : new String(text.getBytes(UTF_8), UTF_8).replace("\0", "\\0"); // A half becomes a "?".
  }

  static void requireDepth(int depth) {
    if (depth <= 0) {
      throw new JsonException(
          "the value nests too deep; at most " + Json.MAX_DEPTH + " levels are allowed");
    }
  }
}
