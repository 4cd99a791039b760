package org.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.definition.Attacks.Answer;

/**
 * Each document that is meant to hurt has its answer in 64 MiB of heap: all there is, with what the
 * engines of both expression languages need for themselves. It takes about as much work as the
 * largest honest document, half a second to a second of a processor of 2026.
 */
class AttackTest {

  private static final String HEAP = "-Xmx64m";

  /** Of work, not of waiting for a busy machine; and machines are not equally fast. */
  private static final int TIMES_THE_HONEST = 3;

  private static Map<String, Answer> answers = Map.of();

  @BeforeAll
  static void readThemAll(@TempDir Path folder) throws IOException, InterruptedException {
    File output = folder.resolve("answers").toFile();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                // Most is done only once, and not worth being compiled well.
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Attacks.class.getName())
            .redirectOutput(output)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    boolean hasEnded = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly().waitFor();
    List<String> lines = Files.readAllLines(output.toPath());
    answers =
        lines.stream()
            .map(Answer::of)
            .collect(Collectors.toMap(Answer::attack, Function.identity()));
    assertThat(hasEnded).as("all are answered in time; the last one was %s", lines).isTrue();
  }

  @TestFactory
  Stream<DynamicTest> everyAttackHasItsAnswer() {
    return Attacks.names().stream().map(name -> dynamicTest(name, () -> isAnswered(name)));
  }

  private static void isAnswered(String attack) {
    assertThat(answers).containsKeys(attack, Attacks.HONEST);
    Answer answer = answers.get(attack);
    assertThat(answer.outcome()).isIn("read", "refused");
    assertThat(answer.millis()).isLessThan(TIMES_THE_HONEST * answers.get(Attacks.HONEST).millis());
  }
}
