package org.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.millrace.it.Inside.Figures;
import org.millrace.it.Inside.Kept;
import org.millrace.it.Letter.Kind;

/**
 * Bad messages in bulk, to every queue and over every protocol: each one is refused with a reason
 * or taken, none is lost, and the server is as before. {@code -Dbulk.messages=N} says how many,
 * {@code -Dbulk.seed=N} which.
 */
class BulkMessagesIT {

  private static final int MESSAGES = Integer.getInteger("bulk.messages", 600);
  private static final long SEED = Long.getLong("bulk.seed", 1);
  private static final Duration PATIENCE = Duration.ofMinutes(2).plusMillis(10L * MESSAGES);
  private static final long HEAP_TOLERANCE = 64L * 1024 * 1024;
  private static final int THREAD_TOLERANCE = 60;

  private static final int WORKS = Math.max(20, MESSAGES / 50);
  private static final String CHECK = "millrace.stage.check-order";

  /** Where a message rests: the ends of the line, and a stage without a bean. */
  private static final Set<String> RESTING =
      Set.of("millrace.dead", "millrace.rejected", "millrace.stage.bulk-nobody");

  private static final Set<String> GOOD_IS_TAKEN =
      Set.of("millrace.start", "millrace.event", "millrace.signal", "millrace.deploy");

  /** A property without which a message is nothing. */
  private static final Map<String, String> NEEDED =
      Map.of(
          "millrace.start", "process",
          "millrace.event", "message",
          "millrace.signal", "signal",
          "millrace.outcome", "workId");

  /** Strict, and by somebody else: what it cannot read must be refused. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String run = "bulk-" + UUID.randomUUID();
  private Operations operator;
  private Inside inside;
  private Rows rows;

  @Test
  void givenMessagesOfAllKindsOfBadness_thenEachIsRefusedOrTakenAndNoneLost(TestServer server) {
    System.out.println("BulkMessagesIT: -Dbulk.seed=" + SEED + " -Dbulk.messages=" + MESSAGES);
    operator = new Operations(server, "operator");
    inside = new Inside(server);
    rows = new Rows(server);
    List<String> works = deploy(new Operations(server, "admin"));
    Garbage garbage = new Garbage(run, works, new Random(SEED));
    // What the server makes once, it has made then.
    round(server, garbage, MESSAGES / 10);
    Inside.Machine before = inside.machine();
    int logged = server.logText().length();

    round(server, garbage, MESSAGES);

    System.out.println("BulkMessagesIT: before " + before + ", after " + inside.machine());
    assertThat(server.logText().substring(logged).lines())
        .as("no bean lost its consumer")
        .noneMatch(line -> line.contains("AMQ222151"));
    // The broker keeps what it had of a connection for half a minute after its end.
    await()
        .atMost(Operations.PATIENCE)
        .pollInterval(Duration.ofSeconds(5))
        .untilAsserted(
            () -> {
              Inside.Machine after = inside.machine();
              assertThat(after.heapBytes()).isLessThan(before.heapBytes() + HEAP_TOLERANCE);
              assertThat(after.threads()).isLessThan(before.threads() + THREAD_TOLERANCE);
            });
    works.forEach(work -> operator.post("instances/" + instance(work) + "/cancel"));
    try (Requester client = new Requester(Wire.STOMP, server, "client")) {
      assertThat(client.reply(client.start(Order.of("alice", 0, 10))).properties())
          .containsEntry("state", "completed");
    }
  }

  /** Deploys what the good ones are for, and opens some work; returns its ids. */
  private List<String> deploy(Operations admin) {
    admin.deploy(Bpmn.empty(run)).ok();
    String begin = "<startEvent id=\"start\"><%sEventDefinition %sRef=\"x\"/></startEvent>";
    for (String kind : List.of("message", "signal")) {
      admin
          .deploy(
              Bpmn.empty(run + "-by-" + kind)
                  .replace("<startEvent id=\"start\"/>", begin.formatted(kind, kind))
                  .replace(
                      "<error ", "<%s id=\"x\" name=\"%s-%s\"/><error ".formatted(kind, run, kind)))
          .ok();
    }
    String stage = "<serviceTask id=\"step\" millrace:stage=\"bulk-work\" millrace:retries=\"1\"/>";
    admin.deploy(Bpmn.process(run + "-work", stage)).ok();
    return IntStream.range(0, WORKS).mapToObj(i -> open(admin)).toList();
  }

  private String open(Operations admin) {
    String id =
        admin.post("instances", "{\"process\":\"%s-work\"}".formatted(run)).ok().get("id").asText();
    return admin.get("instances/" + id + "/waits").ok().get(0).get("workId").asText();
  }

  private static String instance(String work) {
    return work.substring(0, work.lastIndexOf('.'));
  }

  private void round(TestServer server, Garbage garbage, int count) {
    Map<String, Figures> before = inside.figures();
    Set<String> startedBefore = instances().keySet();
    List<Letter> letters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      letters.add(garbage.next(i % 20 == 0 ? Garbage.INNER : Garbage.OPEN));
    }
    Post post = new Post(server, PATIENCE);
    post.bring(letters, () -> isQuiet(before));
    Map<String, Figures> after = inside.figures();

    Map<String, Long> sent = new TreeMap<>();
    Map<String, Long> refused = new TreeMap<>();
    for (Letter letter : post.sent().values()) {
      sent.merge(letter.queue(), 1L, Long::sum);
      if (check(letter, garbage, post)) {
        refused.merge(letter.queue(), 1L, Long::sum);
      }
    }
    System.out.printf(
        "BulkMessagesIT: sent %s, of these refused %s, not sent %d%n",
        sent, refused, post.notSent());
    assertThat(post.notSent()).isLessThan(count / 5);
    assertThat(without(post.kept().keySet(), post.sent().keySet()))
        .as("kept, and not sent")
        .isEmpty();
    for (String queue : Garbage.OPEN) {
      assertThat(after.get(queue).added() - before.get(queue).added())
          .as("came to " + queue)
          .isEqualTo(sent.get(queue));
      assertThat(after.get(queue).acknowledged() - before.get(queue).acknowledged())
          .as("taken from " + queue)
          .isEqualTo(sent.get(queue));
    }
    before.forEach(
        (queue, figures) -> {
          // The queue of the last round's replies goes.
          if (after.containsKey(queue) && !queue.startsWith("millrace.reply.")) {
            assertThat(after.get(queue).consumers()).as(queue).isEqualTo(figures.consumers());
          }
        });
    assertStarted(post, startedBefore);
  }

  /** Whether a letter was refused: with a reason, once, and kept as it was. Else it was taken. */
  private boolean check(Letter letter, Garbage garbage, Post post) {
    List<Kept> kept = post.kept().getOrDefault(letter.mark(), List.of());
    List<WireMessage> replies = post.replies().getOrDefault(letter.mark(), List.of());
    assertThat(kept).as(letter.toString()).hasSizeLessThan(2);
    boolean refused = !kept.isEmpty();
    boolean lies = RESTING.contains(letter.queue());
    if (refused && !lies) {
      Kept one = kept.get(0);
      boolean isOpen = Garbage.OPEN.contains(letter.queue());
      if (isOpen || one.queue().equals("millrace.rejected")) {
        assertThat(one.queue()).as(letter.toString()).isEqualTo("millrace.rejected");
        assertThat(one.reason()).as(letter.toString()).isNotBlank();
        assertThat(one.from()).isIn(letter.queue(), "millrace.dead");
      }
      if (letter.kind() == Kind.BYTES || (letter.kind() == Kind.TEXT && isText(letter.body()))) {
        assertThat(one.sum())
            .as(letter.toString())
            .isIn(Inside.NO_SUM, Inside.sumOf(letter.body()));
      }
    }
    assertThat(refused).as(letter.toString()).isEqualTo(refused || lies);
    if (garbage.isGood(letter) && GOOD_IS_TAKEN.contains(letter.queue())) {
      assertThat(refused).as("a good one: " + letter + kept).isFalse();
    }
    if (mustBeRefused(letter)) {
      assertThat(refused).as("not refused: " + letter).isTrue();
    }
    if (!replies.isEmpty()) {
      assertThat(replies.stream().anyMatch(reply -> state(reply).equals("rejected")))
          .as(letter + " " + replies)
          .isEqualTo(refused);
    }
    return refused;
  }

  private static boolean mustBeRefused(Letter letter) {
    String needed = NEEDED.get(letter.queue());
    if (needed == null) {
      return false;
    }
    return !letter.properties().containsKey(needed)
        || letter.kind() == Kind.MAP
        || letter.kind() == Kind.STREAM
        || letter.kind() == Kind.OBJECT
        || (letter.kind() != Kind.PLAIN && !isObject(letter.body()));
  }

  private static boolean isObject(byte[] body) {
    try {
      String text = new String(body, UTF_8);
      return text.isBlank() || JSON.readTree(text).isObject();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isText(byte[] body) {
    return Arrays.equals(body, new String(body, UTF_8).getBytes(UTF_8));
  }

  private static String state(WireMessage reply) {
    return reply.properties().get("state");
  }

  /**
   * What was started is what the replies say, and one for each signal and each note to start that
   * was taken. A spoiled {@code requestId} may be that of a letter from before: its reply is that
   * letter's.
   */
  private void assertStarted(Post post, Set<String> before) {
    Set<String> replied =
        post.replies().values().stream()
            .flatMap(List::stream)
            .filter(reply -> !"delivered".equals(state(reply)))
            .map(reply -> reply.properties().get("instanceId"))
            .filter(Objects::nonNull)
            .filter(id -> !before.contains(id))
            .collect(Collectors.toSet());
    int signals =
        taken(post, letter -> (run + "-signal").equals(letter.properties().get("signal")));
    int notes = taken(post, BulkMessagesIT::isNoteToStart);
    // The broker shows a reply a moment before the database shows its instance.
    await()
        .atMost(Operations.PATIENCE)
        .untilAsserted(
            () -> {
              Map<String, String> now = instances();
              now.keySet().removeAll(before);
              assertThat(without(replied, now.keySet()))
                  .as("said to be started, and not")
                  .isEmpty();
              now.keySet().removeAll(replied);
              Map<Boolean, List<String>> unnamed =
                  now.values().stream()
                      .collect(
                          Collectors.partitioningBy(one -> one.startsWith(run + "-by-signal\t")));
              assertThat(unnamed.get(false)).as("started by a note").hasSize(notes);
              assertThat(unnamed.get(true)).as("started by a signal").hasSize(signals);
            });
  }

  private static int taken(Post post, Predicate<Letter> which) {
    return (int)
        post.sent().values().stream()
            .filter(which)
            .filter(letter -> !post.kept().containsKey(letter.mark()))
            .count();
  }

  /**
   * The engine's own, by which it brings a signal to one of the many processes that start by it.
   * Whoever is inside the server can write it, too: a start timer's without the time that was due.
   */
  private static boolean isNoteToStart(Letter letter) {
    Set<String> properties = letter.properties().keySet();
    return letter.queue().equals("millrace.timer")
        && properties.contains("process")
        && !properties.contains("due")
        && !properties.contains("signalled");
  }

  private static Set<String> without(Set<String> all, Set<String> these) {
    Set<String> rest = new HashSet<>(all);
    rest.removeAll(these);
    return rest;
  }

  /**
   * By their ids, what one needs to find the letter that started it. Of all processes: a letter may
   * deploy one under a bad name, which another starts. Without those that letters to the engine's
   * own queue have called.
   */
  private Map<String, String> instances() {
    return rows
        .select(
            """
            select id, process, version, regexp_replace(business_key, '\\s', ' ', 'g'), state, started_at
            from millrace_instance where caller_id is null
            """)
        .stream()
        .map(row -> row.split("\t", 2))
        .collect(Collectors.toMap(row -> row[0], row -> row[1], (one, other) -> one, HashMap::new));
  }

  /** The engine's own timers may lie where they lay; one more for each message that it keeps. */
  private boolean isQuiet(Map<String, Figures> before) {
    Map<String, Figures> now = inside.figures();
    long keeping = rows.number("select count(*) from millrace_kept_event");
    return Stream.concat(Garbage.OPEN.stream(), Stream.of("millrace.call", CHECK))
            .allMatch(queue -> now.get(queue).messages() == 0)
        && now.get("millrace.timer").messages()
            <= before.get("millrace.timer").messages() + keeping;
  }
}
