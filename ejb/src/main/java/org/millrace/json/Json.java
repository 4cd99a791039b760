package org.millrace.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON. Values are null, Boolean, String, Long, BigDecimal (a number with a
 * fraction, or one that no Long holds), ArrayList and LinkedHashMap in the document's order.
 * Numbers keep their exact value.
 *
 * <p>Refused: duplicate keys, text after the value, nesting beyond the depth allowed, numbers of
 * more than {@value Values#MAX_DIGITS} digits or with an exponent beyond ±{@value
 * Values#MAX_EXPONENT}, the character U+0000 (no database holds it in a text) and halves of
 * surrogate pairs.
 *
 * <p>Safe for use by many threads.
 */
public final class Json {

  /** How deep a message or a set of variables may nest; the outermost object counts. */
  public static final int MAX_DEPTH = 64;

  /** How large a message may be, in bytes of UTF-8. */
  public static final int MAX_BYTES = 8 * 1024 * 1024;

  /** The engine's own documents wrap variables: in a state, in an event, in a list of events. */
  private static final int MAX_STORED_DEPTH = MAX_DEPTH + 32;

  private Json() {}

  /**
   * Reads an object; an empty or blank text is an empty one.
   *
   * @throws JsonException if it is anything else
   */
  public static Map<String, Object> readObject(String json) {
    return JsonReader.object(json, MAX_DEPTH);
  }

  /** Reads an object from UTF-8. */
  public static Map<String, Object> readObject(byte[] json) {
    return readObject(decode(json));
  }

  /** Reads an object that may have at most so many bytes of UTF-8. */
  public static Map<String, Object> readObject(String json, int maxBytes) {
    // No character takes more than three bytes of UTF-8 (a pair of surrogates takes four).
    if (json.length() > maxBytes / 3) {
      requireSize(json.getBytes(StandardCharsets.UTF_8).length, maxBytes);
    }
    return readObject(json);
  }

  /** Reads an object from UTF-8 that may have at most so many bytes. */
  public static Map<String, Object> readObject(byte[] json, int maxBytes) {
    requireSize(json.length, maxBytes);
    return readObject(json);
  }

  /** Reads any one value, of what came from outside. */
  public static @Nullable Object read(String json) {
    return JsonReader.value(json, MAX_DEPTH);
  }

  /** Reads any one value that {@link #write} wrote. */
  public static @Nullable Object readStored(String json) {
    return JsonReader.value(json, MAX_STORED_DEPTH);
  }

  /**
   * Writes a value on one line. Takes what {@link #canonical} takes.
   *
   * @throws JsonException if it is no JSON-like value
   */
  public static String write(@Nullable Object value) {
    JsonWriter writer = new JsonWriter(MAX_STORED_DEPTH);
    writer.value(value);
    return writer.text();
  }

  /**
   * Writes an object with each of its entries on a line of its own, so that a database finds a
   * variable by {@link #variableLines} with a plain LIKE.
   */
  public static String writeVariables(Map<String, ?> variables) {
    JsonWriter writer = new JsonWriter(MAX_DEPTH);
    writer.lines(variables);
    return writer.text();
  }

  /**
   * What the text of {@link #writeVariables} contains if, and only if, the variable of this name
   * has this value: either the first (another entry follows) or the second (it is the last). Exact,
   * since no JSON string contains a line break. Who puts them into a LIKE escapes {@code %} and
   * {@code _}.
   */
  public static List<String> variableLines(String name, @Nullable Object value) {
    String line = "\n" + write(name) + ":" + write(value);
    return List.of(line + ",\n", line + "\n}");
  }

  /**
   * The value as it would come back from its JSON: the same types, deeply, in fresh collections.
   * Takes also the other numbers of the JDK, any Collection and any Map with keys of type String.
   *
   * @throws JsonException if it is no JSON-like value
   */
  public static @Nullable Object canonical(@Nullable Object value) {
    return Values.canonical(value, MAX_DEPTH);
  }

  /**
   * The value of one variable, as {@link #canonical}: it stands in an object already, and may nest
   * one level less.
   *
   * @throws JsonException if it is no JSON-like value
   */
  public static @Nullable Object variable(@Nullable Object value) {
    return Values.canonical(value, MAX_DEPTH - 1);
  }

  /** What a text contains that no store can hold, for people; null if there is nothing. */
  public static @Nullable String flaw(String text) {
    return Values.flaw(text);
  }

  /** The text, with something readable in place of what no store can hold. */
  public static String storable(String text) {
    return Values.storable(text);
  }

  private static String decode(byte[] json) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      throw new JsonException("the text is not UTF-8");
    }
  }

  private static void requireSize(int bytes, int maxBytes) {
    if (bytes > maxBytes) {
      throw new JsonException(
          "the text has " + bytes + " bytes; at most " + maxBytes + " are allowed");
    }
  }
}
