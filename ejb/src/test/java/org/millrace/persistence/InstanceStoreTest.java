package org.millrace.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.execution.Instance;
import org.millrace.execution.InstanceStore.Recorded;
import org.millrace.execution.Overtaken;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.Incident;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Wait;

@ParameterizedClass
@EnumSource
class InstanceStoreTest {

  private static final Event[] NEXT_STAGE = {
    new Event.WaitClosed(3),
    new Event.VariablesSet(0, Map.of("paid", true)),
    new Event.ScopeClosed(2),
    new Event.TokenMoved(1, "ship", "f2"),
    new Event.ScopeOpened(4, 1, "ship", Map.of()),
    new Event.WaitOpened(Wait.work(5, 4, "ship", "ship", 3))
  };

  private final TestDatabase database;

  InstanceStoreTest(TestDatabase.Kind kind) {
    database = TestDatabase.of(kind);
  }

  @BeforeEach
  void clear() {
    database.clear();
  }

  private Instance read(String id) {
    return database.inTransaction(() -> database.instances.read(id));
  }

  @Test
  void givenANewInstance_thenItIsReadAsItWas() {
    Story story =
        Story.begin(
            database,
            "order",
            "B-1",
            Map.of("n", 1L, "d", new BigDecimal("1.50"), "s", "é😀\"'\\%_\n", "l", List.of(true)));

    assertThat(read(story.id())).isEqualTo(story.instance());
    assertThat(database.inTransaction(() -> database.instances.lock(story.id())))
        .isEqualTo(story.instance());
  }

  @Test
  void givenNoSuchInstance_thenThereIsNothing() {
    assertThat(read("none")).isNull();
    assertThat(database.inTransaction(() -> database.instances.lock("none"))).isNull();
    assertThat(database.inTransaction(() -> database.instances.history("none"))).isEmpty();
  }

  @Test
  void givenSteps_thenFoldingTheHistoryGivesTheState() {
    Story story = Story.begin(database).at(Story.T0.plusSeconds(1)).then(NEXT_STAGE);
    story
        .at(Story.T0.plus(Duration.ofNanos(7_000)))
        .then(
            new Event.WaitClosed(5),
            new Event.ScopeClosed(4),
            new Event.TokenConsumed(1),
            new Event.Ended(Status.FAILED, "CARD_DECLINED"));

    List<Recorded> history = database.inTransaction(() -> database.instances.history(story.id()));
    InstanceState folded = InstanceState.initial(story.id());
    for (Recorded step : history) {
      step.events().forEach(event -> folded.apply(event, step.at()));
    }

    assertThat(history).extracting(Recorded::step).containsExactly(1L, 2L, 3L);
    assertThat(read(story.id())).isEqualTo(story.instance());
    assertThat(folded).isEqualTo(story.instance().state());
    assertThat(folded.endedAt()).isEqualTo(Story.T0.plus(Duration.ofNanos(7_000)));
  }

  @Test
  void givenLargeVariables_thenTheyComeBackWhole() {
    String large = "x%é".repeat(1_000_000);
    Story story = Story.begin(database, "order", null, Map.of("large", large));

    assertThat(read(story.id()).state().variables()).containsEntry("large", large);
  }

  @Test
  void whenSomebodyWaitsForItsEnd_thenTheInstanceSaysSo_alsoAfterItsNextStep() {
    Story story = Story.begin(database);

    database.inTransaction(
        () -> {
          story.expectReplies();
          story.store(NEXT_STAGE);
        });

    assertThat(read(story.id()).replies()).isTrue();
  }

  @Test
  void aStage_costsOneSelectOneUpdateOneInsert() {
    Story story = new Story(database, "order");

    List<String> begin =
        database.statements(
            () ->
                story.store(
                    new Event.Started("B-1", 4, Map.of()),
                    new Event.TokenCreated(1, 0, "work", "f1"),
                    new Event.ScopeOpened(2, 1, "work", Map.of()),
                    new Event.WaitOpened(Wait.work(3, 2, "work", "crunch", 3))));
    List<String> lock = database.statements(() -> database.instances.lock(story.id()));
    List<String> next = database.statements(() -> story.store(NEXT_STAGE));
    List<String> read = database.statements(() -> database.instances.read(story.id()));

    assertThat(begin)
        .satisfiesExactly(
            sql -> assertThat(sql).startsWith("insert into millrace_instance"),
            sql -> assertThat(sql).startsWith("insert into millrace_history"));
    assertThat(lock)
        .singleElement()
        .satisfies(sql -> assertThat(sql).matches("select .* for (no key )?update"));
    assertThat(next)
        .satisfiesExactly(
            sql -> assertThat(sql).startsWith("update millrace_instance"),
            sql -> assertThat(sql).startsWith("insert into millrace_history"));
    assertThat(read).singleElement().satisfies(sql -> assertThat(sql).doesNotContain(" for "));
  }

  @Test
  void stagesOfManyInstancesTogether_costOneSelectOneUpdateOneInsert_inOneOrderOfLocks() {
    List<Story> stories =
        Stream.generate(() -> Story.begin(database)).limit(5).collect(Collectors.toList());

    List<String> statements =
        database.statements(
            () ->
                together(
                    stories.stream().map(Story::id).toList(),
                    () -> stories.forEach(story -> story.store(NEXT_STAGE))));

    assertThat(statements)
        .satisfiesExactly(
            sql -> assertThat(sql).startsWith("select ").endsWith(" order by id for update"),
            sql -> assertThat(sql).startsWith("update millrace_instance"),
            sql -> assertThat(sql).startsWith("insert into millrace_history"));
    assertThat(stories).allSatisfy(s -> assertThat(read(s.id())).isEqualTo(s.instance()));
  }

  @Test
  void givenTwoStepsOfOneInstanceTogether_thenTheSecondSeesTheFirst_andBothAreHistory() {
    Story story = Story.begin(database);

    database.inTransaction(
        () ->
            together(
                List.of(story.id()),
                () -> {
                  story.store(NEXT_STAGE);
                  assertThat(database.instances.lock(story.id())).isEqualTo(story.instance());
                  story.store(
                      new Event.WaitClosed(5),
                      new Event.WaitOpened(Wait.timer(6, 2, "t", Story.T0, 0)));
                  assertThat(database.instances.read(story.id())).isEqualTo(story.instance());
                }));

    assertThat(read(story.id())).isEqualTo(story.instance());
    assertThat(database.inTransaction(() -> database.instances.history(story.id())))
        .extracting(Recorded::step)
        .containsExactly(1L, 2L, 3L);
    assertThat(database.number("select count(*) from millrace_timer")).isEqualTo(1);
  }

  @Test
  void givenAnInstanceSeenBefore_whenItIsLocked_thenItsStateIsReadAgainOnlyAfterAStep() {
    Story story = Story.begin(database);
    Instance seen = read(story.id());
    database.inTransaction(story::expectReplies);

    Instance same = lock(seen);

    assertThat(same.state()).isSameAs(seen.state());
    assertThat(same.replies()).as("no step says that").isTrue();

    database.inTransaction(() -> story.store(NEXT_STAGE));

    assertThat(lock(seen).state()).isEqualTo(story.instance().state());
  }

  @Test
  void givenInstancesAssumedToStandAsTheyWereLeft_thenTheirStagesCostOneUpdateOneInsert() {
    List<Story> stories =
        Stream.generate(() -> Story.begin(database)).limit(5).collect(Collectors.toList());

    List<String> statements = database.statements(() -> assumed(stories));

    assertThat(statements)
        .satisfiesExactly(
            sql -> assertThat(sql).startsWith("update millrace_instance"),
            sql -> assertThat(sql).startsWith("insert into millrace_history"));
    assertThat(stories).allSatisfy(s -> assertThat(read(s.id())).isEqualTo(s.instance()));
  }

  @Test
  void givenAnInstanceAssumedToStandStill_whenSomebodyHasCarriedItOn_thenNothingIsWritten() {
    Story story = Story.begin(database);
    Story another = Story.begin(database);
    Story other = new Story(database, another.instance());
    other.then(new Event.VariablesSet(0, Map.of("n", 2L)));

    assertThatThrownBy(() -> database.inTransaction(() -> assumed(List.of(story, another))))
        .isInstanceOf(Overtaken.class)
        .hasMessage("instance %s is no longer at step 1".formatted(another.id()));

    assertThat(read(another.id())).isEqualTo(other.instance());
    assertThat(read(story.id()).step()).as("in the same transaction").isEqualTo(1);
  }

  @Test
  void givenAnInstanceAssumedToStandStill_whenSomebodyWaitsForItsEndNow_thenNothingIsWritten() {
    Story story = Story.begin(database);
    database.inTransaction(new Story(database, story.instance())::expectReplies);

    assertThatThrownBy(() -> database.inTransaction(() -> assumed(List.of(story))))
        .isInstanceOf(Overtaken.class);

    assertThat(read(story.id()).replies()).isTrue();
  }

  /** Whoever is carrying it on at the same time is waited for. */
  @Test
  void givenAnInstanceAssumedToStandStill_whenSomebodyHasLockedIt_thenOneOfThemIsOvertaken()
      throws Exception {
    Story story = Story.begin(database);
    Story other = new Story(database, story.instance());
    CountDownLatch locked = new CountDownLatch(1);
    CompletableFuture<Void> beginning = new CompletableFuture<>();
    CompletableFuture<Void> locking =
        CompletableFuture.runAsync(
            () ->
                database.inTransaction(
                    () -> {
                      database.instances.lock(story.id());
                      other.store(new Event.VariablesSet(0, Map.of("n", 2L)));
                      locked.countDown();
                      beginning.orTimeout(10, TimeUnit.SECONDS).join();
                    }));
    assertThat(locked.await(10, TimeUnit.SECONDS)).isTrue();
    beginning.complete(null);

    assertThatThrownBy(() -> database.inTransaction(() -> assumed(List.of(story))))
        .isInstanceOf(Overtaken.class);

    locking.get(10, TimeUnit.SECONDS);
    assertThat(read(story.id())).isEqualTo(other.instance());
  }

  private void assumed(List<Story> stories) {
    database.instances.together(
        () -> {
          database.instances.assumeAll(stories.stream().map(Story::instance).toList());
          stories.forEach(story -> story.store(NEXT_STAGE));
        });
  }

  private void together(List<String> ids, Runnable work) {
    together(ids, Map.of(), work);
  }

  private void together(List<String> ids, Map<String, Instance> seen, Runnable work) {
    database.instances.together(
        () -> {
          database.instances.lockAll(ids, seen);
          work.run();
        });
  }

  private Instance lock(Instance seen) {
    List<Instance> locked = new ArrayList<>();
    database.inTransaction(
        () ->
            together(
                List.of(seen.id()),
                Map.of(seen.id(), seen),
                () -> locked.add(database.instances.lock(seen.id()))));
    return locked.get(0);
  }

  @Test
  void givenAnInstanceThatBeginsTogetherWithItsNextStep_thenBothAreThere() {
    Story story = new Story(database, "order");

    database.inTransaction(
        () ->
            together(
                List.of(),
                () -> {
                  story.store(
                      new Event.Started("B-1", 4, Map.of()),
                      new Event.TokenCreated(1, 0, "work", "f1"));
                  story.expectReplies();
                  story.store(new Event.ScopeOpened(2, 1, "work", Map.of()));
                }));

    Instance stored = read(story.id());
    assertThat(stored.replies()).isTrue();
    assertThat(stored.step()).isEqualTo(2);
    assertThat(stored.state()).isEqualTo(story.instance().state());
  }

  @Test
  void givenWorkTogetherThatThrows_thenNothingOfItIsWritten() {
    Story story = Story.begin(database);
    Instance before = story.instance();

    assertThat(
            database.statements(
                () ->
                    assertThatThrownBy(
                            () ->
                                together(
                                    List.of(story.id()),
                                    () -> {
                                      story.store(NEXT_STAGE);
                                      throw new IllegalStateException("no");
                                    }))
                        .hasMessage("no")))
        .hasSize(1);
    assertThat(read(story.id())).isEqualTo(before);
  }

  @Test
  void givenWaitsThatComeAndGoInOneStep_thenTheyCostNothing() {
    Story story = Story.begin(database);

    assertThat(
            database.statements(
                () ->
                    story.store(
                        new Event.WaitOpened(Wait.timer(6, 2, "limit", Story.T0, 0)),
                        new Event.WaitOpened(Wait.message(7, 2, "cancel", "cancel", null)),
                        new Event.IncidentRaised(
                            new Incident(8, 1, -1, true, "no", null, 1, Story.T0)),
                        new Event.IncidentResolved(8),
                        new Event.WaitClosed(6),
                        new Event.WaitClosed(7))))
        .hasSize(2);
  }

  @Test
  void givenManyWaitsThatGo_thenEachTableIsAskedOnce() {
    Story story =
        Story.begin(database)
            .then(
                new Event.WaitOpened(Wait.timer(6, 2, "limit", Story.T0, 0)),
                new Event.WaitOpened(Wait.timer(7, 2, "reminder", Story.T0, 0)),
                new Event.WaitOpened(Wait.task(8, 2, "approve", null, List.of(), List.of())));

    List<String> statements =
        database.statements(
            () ->
                story.store(
                    new Event.WaitClosed(6), new Event.WaitClosed(7), new Event.WaitClosed(8)));

    assertThat(statements).hasSize(4);
    assertThat(database.number("select count(*) from millrace_timer")).isZero();
    assertThat(database.number("select count(*) from millrace_task")).isZero();
  }

  @Test
  void givenAFiveStageChain_thenItTakesAtMostTwoKibibytes() {
    Story story = new Story(database, "chain");
    story.then(
        new Event.Started("order-4711", 4, Map.of("orderId", "order-4711")),
        new Event.TokenCreated(1, 0, "start", null),
        new Event.TokenMoved(1, "stage-1", "flow-1"),
        new Event.ScopeOpened(2, 1, "stage-1", Map.of()),
        new Event.WaitOpened(Wait.work(3, 2, "stage-1", "stage-1", 3)));
    for (int i = 2; i <= 5; i++) {
      String stage = "stage-" + i;
      story.then(
          new Event.WaitClosed(i * 2 - 1),
          new Event.ScopeClosed(i * 2 - 2),
          new Event.TokenMoved(1, stage, "flow-" + i),
          new Event.ScopeOpened(i * 2, 1, stage, Map.of()),
          new Event.WaitOpened(Wait.work(i * 2 + 1, i * 2, stage, stage, 3)));
    }
    story.then(
        new Event.WaitClosed(11),
        new Event.ScopeClosed(10),
        new Event.TokenMoved(1, "end", "flow-6"),
        new Event.TokenConsumed(1),
        new Event.Ended(Status.COMPLETED, null));

    long bytes =
        database.number("select sum(octet_length(events)) from millrace_history")
            + database.number(
                "select sum(octet_length(snapshot) + octet_length(variables))"
                    + " from millrace_instance");
    assertThat(bytes).isBetween(500L, 2048L);
  }

  @Test
  void givenAnInstanceThatIsBeingChanged_whenItIsLocked_thenItWaitsAndSeesTheChange() {
    Story story = Story.begin(database);
    Background<Instance> first =
        new Background<>(
            database,
            () -> {
              Instance locked = database.instances.lock(story.id());
              story.store(NEXT_STAGE);
              return locked;
            });
    Instance before = first.result();

    Background<Instance> second =
        new Background<>(database, () -> database.instances.lock(story.id()));
    database.awaitBlocked();
    Instance read = read(story.id());
    boolean waited = second.working();
    first.commit();
    Instance locked = second.result();
    second.commit();

    assertThat(read).isEqualTo(before);
    assertThat(waited).isTrue();
    assertThat(locked).isEqualTo(story.instance()).isNotEqualTo(before);
  }

  @Test
  void givenAnInstanceThatIsBeingInserted_thenItIsNotThereYet_andNobodyWaits() {
    Story story = new Story(database, "order");
    Background<Boolean> inserting =
        new Background<>(
            database,
            () -> {
              story.store(new Event.Started("B-1", 4, Map.of()));
              return true;
            });
    inserting.result();

    Instance locked = database.inTransaction(() -> database.instances.lock(story.id()));
    inserting.commit();

    assertThat(locked).isNull();
    assertThat(read(story.id())).isNotNull();
  }
}
