package org.millrace.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written comes back; jqwik prints the seed of a failure. */
class JsonRoundTripTest {

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenComesBack(@ForAll("objects") Map<String, Object> object) {
    Object canonical = Json.canonical(object);

    assertThat(Json.readObject(Json.write(object))).isEqualTo(canonical);
    assertThat(Json.readObject(Json.writeVariables(object))).isEqualTo(canonical);
    assertThat(Json.readObject(Json.write(object).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(canonical);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void whatComesBackIsWrittenTheSame(@ForAll("objects") Map<String, Object> object) {
    String json = Json.write(object);

    assertThat(Json.write(Json.readObject(json))).isEqualTo(json);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void anyTextIsReadOrRefused(@ForAll String text) {
    try {
      Object value = Json.read(text);
      assertThat(Json.read(Json.write(value))).isEqualTo(value);
    } catch (JsonException e) {
      assertThat(e).hasMessageMatching("(?s)line \\d+, column \\d+: .{5,}|the text is empty");
    }
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void everyVariableIsFoundByItsLine(@ForAll("objects") Map<String, Object> object) {
    String text = Json.writeVariables(object);

    object.forEach(
        (name, value) ->
            assertThat(Json.variableLines(name, value)).filteredOn(text::contains).hasSize(1));
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    return Arbitraries.maps(strings(), values(3)).ofMaxSize(6);
  }

  private static Arbitrary<Object> values(int depth) {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            Arbitraries.of(true, false).asGeneric(),
            Arbitraries.longs().asGeneric(),
            Arbitraries.doubles().asGeneric(),
            Arbitraries.bigIntegers()
                .between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40))
                .asGeneric(),
            numbers().asGeneric(),
            strings().asGeneric());
    if (depth == 0) {
      return scalars.injectNull(0.1);
    }
    Arbitrary<List<Object>> lists = values(depth - 1).list().ofMaxSize(4);
    Arbitrary<Map<String, Object>> maps =
        Arbitraries.maps(strings(), values(depth - 1)).ofMaxSize(4);
    return Arbitraries.oneOf(scalars, lists.asGeneric(), maps.asGeneric()).injectNull(0.1);
  }

  private static Arbitrary<BigDecimal> numbers() {
    return Arbitraries.longs()
        .flatMap(
            digits ->
                Arbitraries.integers()
                    .between(-6000, 6000)
                    .map(scale -> new BigDecimal(BigInteger.valueOf(digits), scale)));
  }

  /** All characters that there are, but U+0000 and the halves of pairs. */
  private static Arbitrary<String> strings() {
    return Arbitraries.integers()
        .between(1, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .list()
        .ofMaxSize(8)
        .map(
            list ->
                list.stream()
                    .collect(
                        StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
  }
}
