package org.millrace.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.definition.BpmnReader;

/** The same models, driven alike, wait alike. */
class DifferentialTest {

  private static final int MAX_STEPS = 25;
  private static final int PATHS = Integer.getInteger("millrace.differential.paths", 2);
  private static final int RANDOM = Integer.getInteger("millrace.differential.models", 25);
  private static final long SEED = Long.getLong("millrace.differential.seed", 1);

  @TestFactory
  Stream<DynamicTest> aModelWaitsAsInOperaton() {
    return Models.ALL.entrySet().stream()
        .map(
            model ->
                DynamicTest.dynamicTest(
                    model.getKey(), () -> play(model.getKey(), model.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> aRandomModelWaitsAsInOperaton() {
    return IntStream.range(0, RANDOM)
        .mapToObj(i -> SEED + i)
        .map(
            seed ->
                DynamicTest.dynamicTest(
                    "seed " + seed, () -> play("seed " + seed, RandomModel.of(seed))));
  }

  private static void play(String name, String notation) {
    String xml = Model.xml(notation);
    try {
      BpmnReader.read(xml.getBytes(UTF_8));
    } catch (DeploymentRefused refused) {
      assumeFalse(
          refused.getMessage().contains("not supported"), "refused: " + refused.getMessage());
    }
    for (int path = 0; path < PATHS; path++) {
      play(name, notation, xml, path);
    }
  }

  private static void play(String name, String notation, String xml, int path) {
    Random random = new Random(name.hashCode() * 31L + path);
    Map<String, Object> variables = variables(random);
    List<String> story = new ArrayList<>(List.of("start " + variables));
    try (Player theirs = new Oracle(xml, "process", variables);
        Ours ours = new Ours(xml, variables)) {
      for (int step = 0; step < MAX_STEPS; step++) {
        assertThat(ours.waits())
            .as("%s after %s\n%s\n", name, story, notation)
            .isEqualTo(theirs.waits());
        assertThat(ours.hasEnded())
            .as("%s has ended after %s\n%s\n", name, story, notation)
            .isEqualTo(theirs.hasEnded());
        List<String> waits = theirs.waits();
        if (waits.isEmpty()) {
          return;
        }
        String next = waits.get(random.nextInt(waits.size()));
        if (next.startsWith("err") && random.nextInt(3) == 0) {
          story.add(next + " fails");
          theirs.error(next, "E");
          ours.error(next, "E");
          if (ours.hasFailed()) {
            return; // Nobody caught it. There a token ends then; here, by contract, the instance.
          }
        } else {
          Map<String, Object> given = random.nextBoolean() ? Map.of() : variables(random);
          story.add(next + given);
          theirs.answer(next, given);
          ours.answer(next, given);
        }
      }
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "%s after %s\n%s\n%s".formatted(name, story, notation, e.getMessage()), e);
    }
  }

  private static Map<String, Object> variables(Random random) {
    Map<String, Object> variables = new HashMap<>();
    for (String name : List.of("x", "y", "z")) {
      variables.put(name, (long) random.nextInt(4));
    }
    return variables;
  }
}
