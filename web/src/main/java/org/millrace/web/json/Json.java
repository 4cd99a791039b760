package org.millrace.web.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.EvaluationView;
import org.millrace.api.operation.InstanceView;
import org.millrace.api.operation.InstanceView.CalledView;
import org.millrace.api.operation.InstanceView.CallerView;
import org.millrace.api.operation.InstanceView.FailureView;
import org.millrace.api.operation.Refusal;
import org.millrace.api.operation.StageView;

/**
 * Reads JSON strictly into records and {@link Variables}, and writes records, maps and lists as
 * they stand: members in the order of the components, nulls as null (but for what is not in the
 * contract), times in UTC with milliseconds, numbers exact. Safe for use by many threads.
 */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .addModule(StrictValues.MODULE)
          .addModule(new SimpleModule("times").addSerializer(Instant.class, new Time()))
          .addMixIn(InstanceView.class, OfCalls.class)
          .addMixIn(InstanceView.HistoryView.class, OfHistory.class)
          .addMixIn(StageView.class, OfStages.class)
          .build();

  /** A space after the colon and none before it. */
  private static final PrettyPrinter PRETTY =
      new DefaultPrettyPrinter(
          Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));

  /** What the library adds for the programmers who configure it. */
  private static final Pattern JARGON =
      Pattern.compile(
          ": enable `.*|: maybe a \\(non-standard\\).*| \\(start marker .*| \\(\\d+, from `.*",
          Pattern.DOTALL);

  /**
   * Members beyond the table of the contract: there where they have something to say, so that
   * whoever reads by the table alone finds nothing else.
   */
  @SuppressWarnings("UnusedMethod") // Jackson reads them.
  private interface OfCalls {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    CallerView calledBy();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<CalledView> called();
  }

  /** Likewise. */
  @SuppressWarnings("UnusedMethod") // Jackson reads them.
  private interface OfHistory {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    EvaluationView decision();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<FailureView> failures();
  }

  /** Likewise. */
  @SuppressWarnings("UnusedMethod") // Jackson reads them.
  private interface OfStages {
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    boolean retrying();
  }

  private Json() {}

  /**
   * Reads a JSON object; nothing at all means {@code {}}.
   *
   * @param utf8 the text in UTF-8, and in no other encoding
   * @throws Refusal INVALID if it is no JSON object, or not one that fits the type; names the
   *     member
   */
  public static <T> T read(byte[] utf8, Class<T> type) {
    String text = decode(utf8);
    try (JsonParser parser = MAPPER.createParser(text.isBlank() ? "{}" : text)) {
      T value = MAPPER.readValue(parser, type);
      if (value == null) {
        throw refusal("the body: must be a JSON object");
      }
      if (parser.nextToken() != null) {
        throw refusal("the body: goes on after its end");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw e.getCause() instanceof Refusal refusal ? refusal : refusal(reason(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes it in UTF-8. */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes it for people: each member in a line of its own. */
  public static String pretty(@Nullable Object value) {
    try {
      return MAPPER.writer(PRETTY).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String decode(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw refusal("the body is not UTF-8");
    }
  }

  private static String reason(JsonProcessingException e) {
    if (e instanceof MismatchedInputException mismatch) {
      return member(mismatch) + ": " + expectation(mismatch);
    }
    if (e.getCause() instanceof InputCoercionException tooLarge) {
      return member((JsonMappingException) e) + ": must be " + named(tooLarge.getTargetType());
    }
    if (e instanceof JsonMappingException mapping
        && !(e.getCause() instanceof StreamReadException)) {
      return member(mapping) + ": " + plain(e);
    }
    JsonLocation at = e.getLocation();
    String where =
        at == null ? "" : ", at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    return "the body is not JSON that can be read" + where + ": " + plain(e);
  }

  private static String plain(JsonProcessingException e) {
    return JARGON.matcher(e.getOriginalMessage()).replaceAll("");
  }

  private static String expectation(MismatchedInputException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return Arrays.stream(unknown.getReferringClass().getRecordComponents())
          .map(RecordComponent::getName)
          .collect(Collectors.joining(", ", "there is no such member; there are ", ""));
    }
    return "must be " + named(e.getTargetType());
  }

  private static String member(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(step -> step.getFieldName() == null ? "" : step.getFieldName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "the body" : path;
  }

  private static String named(Class<?> type) {
    if (type == String.class) {
      return "a string";
    }
    if (type == Integer.class || type == int.class) {
      return "an integer of 32 bits";
    }
    return type == Long.class || type == long.class ? "an integer of 64 bits" : "a JSON object";
  }

  private static Refusal refusal(String reason) {
    return new Refusal(Refusal.Kind.INVALID, reason);
  }

  /** 2026-01-02T03:04:05.678Z, also where there are fewer or more digits to tell. */
  private static final class Time extends StdSerializer<Instant> {
    private static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    Time() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant time, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(FORMAT.format(time));
    }
  }
}
