package org.millrace.differential;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The same models, driven alike, wait alike, here and in other engines. */
class DifferentialTest {

  private static final int PATHS = Integer.getInteger("millrace.differential.paths", 1);
  private static final int RANDOM = Integer.getInteger("millrace.differential.models", 25);
  private static final long SEED = Long.getLong("millrace.differential.seed", 1);

  private static final Path CHAPTERS = Path.of("src/test/resources/differential");

  @TestFactory
  Stream<DynamicTest> aModelWaitsAsInOtherEngines() {
    return Arrays.stream(Oracle.values())
        .flatMap(oracle -> Models.of(oracle).stream())
        .map(DifferentialTest::test);
  }

  @TestFactory
  Stream<DynamicTest> aModelOfTheHandbooksWaitsAsInItsEngine() {
    return Chapter.all(CHAPTERS).stream().map(DifferentialTest::test);
  }

  @TestFactory
  Stream<DynamicTest> aRandomModelWaitsAsInOtherEngines() {
    return IntStream.range(0, RANDOM)
        .mapToObj(i -> SEED + i)
        .flatMap(seed -> Arrays.stream(Oracle.values()).map(oracle -> test(oracle.random(seed))));
  }

  private static DynamicTest test(Match match) {
    return DynamicTest.dynamicTest(
        match.oracle() + " " + match.name(), () -> IntStream.range(0, PATHS).forEach(match::play));
  }
}
