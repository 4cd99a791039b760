package org.millrace.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Ways to make something bad of something good; the same seed makes the same. */
final class Mutations {

  /** What somebody may write into a field to have it carried out, or to break what reads it. */
  static final List<String> INJECTIONS =
      List.of(
          "'; drop table millrace_instance; --",
          "' or '1'='1",
          "\" or \"\"=\"",
          "%",
          "_%' escape '",
          "${''.getClass().forName('java.lang.Runtime')}",
          "#{facesContext.externalContext.invalidateSession()}",
          "= (function() external {java:{class:\"java.lang.System\"}})()",
          "${jndi:ldap://127.0.0.1:9/x}",
          "<script>alert(1)</script>",
          "]]><x/>",
          "&xxe;",
          "../../../../etc/passwd",
          "a\r\nX-Injected: 1",
          "%s%n%n%x",
          "{0}{1}",
          "JMSMessageID IS NOT NULL",
          "NaN",
          "-1",
          "2147483648",
          "9223372036854775808",
          "1e308",
          "true",
          "null",
          "",
          " ",
          "\t",
          "\u0000",
          "a\u0000b",
          "\ud83d\ude00",
          "\u202egnp.exe",
          "\ufeff\uffff",
          "\ud800",
          "a\udc00b",
          "ä".repeat(255),
          "x".repeat(256),
          "x".repeat(4097),
          "y".repeat(70_000));

  private static final List<Serializable> ODD_VALUES =
      List.of(
          true,
          false,
          (byte) -1,
          Short.MIN_VALUE,
          0,
          -1,
          Integer.MAX_VALUE,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          1.5f,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          -0.0);

  private static final byte[][] BAD_BYTES = {
    {0},
    {(byte) 0xFF},
    {(byte) 0xC0, (byte) 0x80},
    {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
    {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
    {(byte) 0xC3},
    {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
    {0x1B},
    {'\\'},
    {'"'},
    {'{'},
    {']'},
    {','},
    {':'},
    {'<'},
    {'&'}
  };

  private final Random random;
  private final List<UnaryOperator<byte[]>> ways =
      List.of(
          this::truncated,
          this::truncated,
          this::flipped,
          this::flipped,
          this::inserted,
          this::inserted,
          this::withoutPart,
          this::withPartTwice,
          this::withPartTwice,
          body -> new String(body, UTF_8).getBytes(UTF_16),
          body -> (new String(body, UTF_8) + "ä€").getBytes(ISO_8859_1),
          this::deep,
          this::scalar,
          this::noise,
          this::large,
          this::withValue,
          this::withValue,
          this::withValue);

  Mutations(Random random) {
    this.random = random;
  }

  /** One bad thing or several. */
  byte[] mutate(byte[] body) {
    byte[] bad = body;
    do {
      bad = pick(ways).apply(bad);
    } while (bad.length < 100_000 && random.nextInt(4) == 0);
    return bad;
  }

  String injection() {
    return pick(INJECTIONS);
  }

  /** A value for a property, of any type. */
  Serializable value() {
    return random.nextBoolean() ? injection() : pick(ODD_VALUES);
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private int place(byte[] body) {
    return random.nextInt(body.length + 1);
  }

  private byte[] truncated(byte[] body) {
    return Arrays.copyOf(body, place(body));
  }

  private byte[] flipped(byte[] body) {
    byte[] flipped = body.clone();
    for (int i = random.nextInt(3); i >= 0 && body.length > 0; i--) {
      flipped[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private byte[] inserted(byte[] body) {
    return insert(body, place(body), BAD_BYTES[random.nextInt(BAD_BYTES.length)]);
  }

  private byte[] withoutPart(byte[] body) {
    int from = place(body);
    int to = from + random.nextInt(body.length - from + 1);
    return insert(Arrays.copyOf(body, from), from, Arrays.copyOfRange(body, to, body.length));
  }

  private byte[] withPartTwice(byte[] body) {
    int from = place(body);
    int to = from + random.nextInt(body.length - from + 1);
    return insert(body, to, Arrays.copyOfRange(body, from, to));
  }

  private byte[] deep(byte[] body) {
    int depth = pick(List.of(60, 64, 65, 500, 20_000));
    String open = pick(List.of("{\"a\":", "[", "<a>", "{\"variables\":"));
    String close = open.startsWith("{") ? "}" : open.equals("[") ? "]" : "</a>";
    return (open.repeat(depth) + "1" + close.repeat(depth)).getBytes(UTF_8);
  }

  private byte[] scalar(byte[] body) {
    return pick(List.of(
            "", " ", "null", "1", "\"text\"", "[]", "{}", "[{}]", "{}{}", "// {}", "{a:1}"))
        .getBytes(UTF_8);
  }

  private byte[] noise(byte[] body) {
    byte[] noise = new byte[random.nextInt(200)];
    random.nextBytes(noise);
    return noise;
  }

  /** Mostly of what pages still hold, seldom more than is allowed. */
  private byte[] large(byte[] body) {
    int length = random.nextInt(200) == 0 ? 8 * 1024 * 1024 : random.nextInt(150_000);
    String filling = pick(List.of("x", " ", "0", "\\u0061"));
    return insert(body, place(body), filling.repeat(length / filling.length()).getBytes(UTF_8));
  }

  /** Another value where one stands: behind a colon of JSON, or between the quotes of XML. */
  private byte[] withValue(byte[] body) {
    String text = new String(body, UTF_8);
    String[] values = {
      "\"" + injection() + "\"",
      "\"\\u0000\"",
      "\"\\ud800\"",
      "1e99999999",
      "-".repeat(1 + random.nextInt(2)) + "9".repeat(1 + random.nextInt(3000)),
      "0.1e-400",
      "NaN",
      "null",
      "[1,{\"a\":[]}]",
      "{\"a\":1,\"a\":2}",
      "true"
    };
    String value = values[random.nextInt(values.length)];
    int from =
        text.indexOf(text.startsWith("<") ? '"' : ':', random.nextInt(text.length() + 1)) + 1;
    int to = from;
    while (to < text.length() && ",}\">".indexOf(text.charAt(to)) < 0) {
      to++;
    }
    return (text.substring(0, from) + value + text.substring(to)).getBytes(UTF_8);
  }

  private static byte[] insert(byte[] body, int at, byte[] what) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(body, 0, at);
    bytes.writeBytes(what);
    bytes.write(body, at, body.length - at);
    return bytes.toByteArray();
  }
}
