package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Dead letters that no instance waits for rest on their queue, where a person finds them. */
class DeadLettersIT {

  private static final String DEAD = "millrace.dead";

  private final String run = "bulk-dead-" + UUID.randomUUID();

  @Test
  void givenLettersOfOneGroup_whenTheEngineHasTakenTheFirst_thenAPersonFindsTheOthers(
      TestServer server) {
    Inside inside = new Inside(server);
    String work = UUID.randomUUID() + ".1";
    inside.send(
        letter("-first", Map.of("_AMQ_ORIG_ADDRESS", "jms.queue.millrace.call", "waitId", work)));
    await()
        .untilAsserted(
            () -> assertThat(marks(inside.take("millrace.rejected"))).contains(run + "-first"));

    inside.send(letter("-second", Map.of()));

    assertThat(marks(inside.take(DEAD))).contains(run + "-second");
  }

  @Test
  void givenDeadStarts_whenAllAreReplayed_thenTheyAreServed(TestServer server) {
    Operations operator = new Operations(server, "operator");
    new Operations(server, "admin").deploy(Bpmn.empty(run)).ok();
    Inside inside = new Inside(server);
    for (String key : List.of("1", "2")) {
      inside.send(
          letter(
              key,
              Map.of(
                  "_AMQ_ORIG_ADDRESS",
                  "jms.queue.millrace.start",
                  "process",
                  run,
                  "businessKey",
                  key)));
    }

    assertThat(operator.post("messages/replay?queue=dead").ok().get("replayed").asInt())
        .isGreaterThanOrEqualTo(2);

    await()
        .until(
            () -> operator.get("instances?process=" + run + "&state=completed").ok(),
            completed -> completed.get("total").asInt() == 2);
  }

  private Letter letter(String which, Map<String, Serializable> properties) {
    Map<String, Serializable> all = new TreeMap<>(properties);
    all.put("JMSXGroupID", run);
    return new Letter(run + which, DEAD, Letter.Kind.TEXT, all, new byte[0]);
  }

  private static List<String> marks(List<Inside.Kept> kept) {
    return kept.stream().map(Inside.Kept::mark).toList();
  }
}
