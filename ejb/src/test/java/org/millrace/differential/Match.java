package org.millrace.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.millrace.definition.BpmnReader;

/** The same model in another engine and in ours, driven alike: then both wait alike. */
record Match(Oracle oracle, String name, String content) {

  private static final int MAX_STEPS = 25;

  /** Plays one way through it; which one, its number decides. */
  void play(int path) {
    String xml = oracle.document(content);
    BpmnReader.read(xml.getBytes(UTF_8));
    Random random = new Random(name.hashCode() * 31L + path);
    Map<String, Object> variables = given(random);
    List<String> story = new ArrayList<>(List.of("start " + variables));
    variables.putAll(furnished());
    try (Player theirs = oracle.play(xml, variables);
        Ours ours = new Ours(xml, variables)) {
      List<String> waits = compare(ours, theirs, story);
      for (int step = 0; step < MAX_STEPS && !waits.isEmpty(); step++) {
        waits = theirs.answerable(waits);
        if (waits.isEmpty() || random.nextInt(8) == 0) {
          Map<String, Object> set = given(random);
          story.add("set " + set);
          theirs.set(set);
          ours.set(set);
          waits = compare(ours, theirs, story);
          continue;
        }
        String next = waits.get(random.nextInt(waits.size()));
        if (next.startsWith("err") && random.nextInt(3) == 0) {
          story.add(next + " fails");
          ours.error(next, "E");
          if (ours.hasFailed()) {
            return; // Nobody caught it. Operaton ends a token then, Flowable does nothing.
          }
          theirs.error(next, "E");
        } else {
          Map<String, Object> answer = random.nextBoolean() ? Map.of() : given(random);
          story.add(next + answer);
          theirs.answer(next, answer);
          ours.answer(next, answer);
        }
        waits = compare(ours, theirs, story);
      }
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "%s in %s after %s\n%s\n%s".formatted(name, oracle, story, content, e.getMessage()), e);
    }
  }

  /** What both wait for now. */
  private static List<String> compare(Player ours, Player theirs, List<String> story) {
    List<String> waits = theirs.waits();
    assertThat(ours.waits()).as("after %s", story).isEqualTo(waits);
    assertThat(ours.hasEnded()).as("has ended after %s", story).isEqualTo(theirs.hasEnded());
    return waits;
  }

  private static Map<String, Object> given(Random random) {
    Map<String, Object> variables = new HashMap<>();
    for (String name : List.of("x", "y", "z")) {
      variables.put(name, (long) random.nextInt(4));
    }
    return variables;
  }

  /** What is there from the start, always. */
  private static Map<String, Object> furnished() {
    return Map.of(
        "list",
        new ArrayList<>(List.of("a", "b", "c")),
        "none",
        new ArrayList<>(),
        "text",
        "some text",
        "duration",
        "PT5M",
        "date",
        "2030-01-01T10:00:00",
        "yes",
        true,
        "no",
        false);
  }
}
