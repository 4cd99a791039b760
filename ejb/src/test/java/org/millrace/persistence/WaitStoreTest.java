package org.millrace.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.execution.WaitStore.Addressed;
import org.millrace.execution.WaitStore.KeptEvent;
import org.millrace.execution.WaitStore.WaitRef;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.Wait;

@ParameterizedClass
@EnumSource
class WaitStoreTest {

  private static final Instant T0 = Story.T0;

  private final TestDatabase database;

  WaitStoreTest(TestDatabase.Kind kind) {
    database = TestDatabase.of(kind);
  }

  @BeforeEach
  void clear() {
    database.clear();
  }

  private Story waiting(@Nullable String businessKey, @Nullable String key, Instant since) {
    return Story.begin(database, "order", businessKey, Map.of())
        .at(since)
        .then(new Event.WaitOpened(Wait.message(9, 2, "cancelled", "cancel", key)));
  }

  private List<String> found(
      String message,
      @Nullable String instanceId,
      @Nullable String businessKey,
      @Nullable String correlationKey) {
    return database.inTransaction(
        () ->
            database
                .waits
                .waitingFor(new Addressed(message, instanceId, businessKey, correlationKey))
                .stream()
                .map(WaitRef::instanceId)
                .toList());
  }

  @Test
  void givenWaits_thenEachCriterionSelects() {
    Story keyed = waiting("B-1", "K-1", T0);
    Story plain = waiting("B-1", null, T0.plusSeconds(1));
    Story other = waiting("B-2", "B-1", T0.plusSeconds(2));
    Story anonymous = waiting(null, null, T0.plusSeconds(3));

    assertThat(found("cancel", null, null, null))
        .containsExactly(keyed.id(), plain.id(), other.id(), anonymous.id());
    assertThat(found("cancel", null, "B-1", null)).containsExactly(keyed.id(), plain.id());
    assertThat(found("cancel", null, null, "B-1")).containsExactly(plain.id(), other.id());
    assertThat(found("cancel", null, "B-1", "B-1")).containsExactly(plain.id());
    assertThat(found("cancel", anonymous.id(), null, null)).containsExactly(anonymous.id());
    assertThat(found("cancel", anonymous.id(), "B-1", null)).isEmpty();
    assertThat(found("deliver", null, null, null)).isEmpty();
  }

  @Test
  void givenAWaitThatIsClosed_thenItIsNotFound() {
    Story story = waiting("B-1", null, T0).then(new Event.WaitClosed(9));

    assertThat(found("cancel", null, "B-1", null)).isEmpty();
    assertThat(found("cancel", story.id(), null, null)).isEmpty();
  }

  @Test
  void givenManyWaits_thenTheTenOldestAreFound() {
    List<String> ids =
        IntStream.range(0, 12)
            .mapToObj(i -> waiting("B-1", null, T0.minusSeconds(i)).id())
            .toList();

    assertThat(found("cancel", null, "B-1", null))
        .hasSize(10)
        .startsWith(ids.get(11), ids.get(10))
        .doesNotContain(ids.get(0), ids.get(1));
  }

  private KeptEvent keep(
      @Nullable String instanceId,
      @Nullable String businessKey,
      @Nullable String correlationKey,
      Instant at) {
    KeptEvent event =
        new KeptEvent(
            UUID.randomUUID().toString(),
            "delivered",
            instanceId,
            businessKey,
            correlationKey,
            "{\"a\":1}",
            at,
            at.plusSeconds(60));
    database.inTransaction(() -> database.waits.keep(event));
    return event;
  }

  private @Nullable KeptEvent take(
      String instanceId,
      @Nullable String businessKey,
      @Nullable String correlationKey,
      Instant now) {
    return database.inTransaction(
        () -> database.waits.take("delivered", instanceId, businessKey, correlationKey, now));
  }

  @Test
  void givenAKeptMessage_thenItIsReadAsItWas_untilItIsDropped() {
    KeptEvent event = keep("i", null, "", T0);

    assertThat(database.inTransaction(() -> database.waits.lockKept(event.id()))).isEqualTo(event);
    assertThat(database.inTransaction(() -> database.waits.drop(event.id()))).isTrue();
    assertThat(database.inTransaction(() -> database.waits.drop(event.id()))).isFalse();
    assertThat(database.inTransaction(() -> database.waits.lockKept(event.id()))).isNull();
  }

  @Test
  void givenKeptMessages_thenAWaitTakesTheOldestThatFits() {
    KeptEvent any = keep(null, null, null, T0.plusSeconds(4));
    KeptEvent byBusinessKey = keep(null, "B-1", null, T0.plusSeconds(3));
    KeptEvent byBoth = keep(null, "B-1", "K-1", T0.plusSeconds(2));
    KeptEvent byInstance = keep("i-1", null, null, T0.plusSeconds(1));
    keep("i-2", null, null, T0);
    keep(null, "", null, T0);

    Instant now = T0.plusSeconds(5);
    assertThat(take("i-1", "B-1", "K-1", now)).isEqualTo(byInstance);
    assertThat(take("i-1", "B-1", "K-1", now)).isEqualTo(byBoth);
    assertThat(take("i-1", "B-1", "K-1", now)).isEqualTo(byBusinessKey);
    assertThat(take("i-3", null, null, now)).isEqualTo(any);
    assertThat(take("i-1", "B-1", "K-1", now)).isNull();
  }

  @Test
  void givenAKeptMessageThatHasExpired_thenNobodyTakesIt_andItIsDropped() {
    KeptEvent event = keep(null, null, null, T0);

    assertThat(take("i", null, null, event.expiresAt())).isNull();

    database.inTransaction(() -> database.waits.dropExpired(event.expiresAt().minusMillis(1)));
    assertThat(database.inTransaction(() -> database.waits.lockKept(event.id()))).isNotNull();
    database.inTransaction(() -> database.waits.dropExpired(event.expiresAt()));
    assertThat(database.inTransaction(() -> database.waits.lockKept(event.id()))).isNull();
  }

  @Test
  void givenSomebodyLooksAtAnExpiredMessage_whenAnotherDropsWhatHasExpired_thenNeitherWaits() {
    KeptEvent mine = keep(null, null, null, T0);
    KeptEvent other = keep(null, "B-1", null, T0);
    Background<Boolean> looking =
        new Background<>(database, () -> database.waits.lockKept(other.id()) != null);
    looking.result();

    database.inTransaction(
        () -> {
          database.waits.lockKept(mine.id());
          database.waits.dropExpired(mine.expiresAt());
        });

    looking.commit();
    assertThat(database.number("select count(*) from millrace_kept_event")).isEqualTo(1);
    database.inTransaction(() -> database.waits.dropExpired(mine.expiresAt()));
    assertThat(database.number("select count(*) from millrace_kept_event")).isZero();
  }

  private Background<List<KeptEvent>> taking() {
    return new Background<>(
        database,
        () -> {
          KeptEvent taken = database.waits.take("delivered", "i", null, null, T0);
          return taken == null ? List.of() : List.of(taken);
        });
  }

  @Test
  void givenTwoWhoTakeAtOnce_thenTheSecondGetsTheNextOne() {
    KeptEvent older = keep(null, null, null, T0.minusSeconds(2));
    KeptEvent newer = keep(null, null, null, T0.minusSeconds(1));
    Background<List<KeptEvent>> first = taking();
    assertThat(first.result()).containsExactly(older);

    Background<List<KeptEvent>> second = taking();
    database.awaitBlocked();
    first.commit();

    assertThat(second.result()).containsExactly(newer);
    second.commit();
  }

  @Test
  void givenATakerThatRollsBack_thenTheNextOneGetsTheMessage() {
    KeptEvent event = keep(null, null, null, T0.minusSeconds(2));
    Background<List<KeptEvent>> first = taking();
    first.result();

    Background<List<KeptEvent>> second = taking();
    database.awaitBlocked();
    first.rollBack();

    assertThat(second.result()).containsExactly(event);
    second.commit();
  }

  private Background<Boolean> opening() {
    return new Background<>(database, () -> database.waits.openBucket(7));
  }

  @Test
  void givenTwoWhoOpenABucketAtOnce_thenOneIsTheFirst() {
    Background<Boolean> first = opening();
    assertThat(first.result()).isTrue();

    Background<Boolean> second = opening();
    database.awaitBlocked();
    first.commit();

    assertThat(second.result()).isFalse();
    second.commit();
    assertThat(database.inTransaction(() -> database.waits.openBucket(7))).isFalse();
    assertThat(database.inTransaction(() -> database.waits.openBucket(8))).isTrue();
  }

  @Test
  void givenTheFirstWhoOpensABucketRollsBack_thenTheSecondIsTheFirst() {
    Background<Boolean> first = opening();
    first.result();

    Background<Boolean> second = opening();
    database.awaitBlocked();
    first.rollBack();

    assertThat(second.result()).isTrue();
    second.commit();
  }

  private Story timer(Instant due) {
    return Story.begin(database).then(new Event.WaitOpened(Wait.timer(9, 2, "late", due, 0)));
  }

  @Test
  void givenTimersOfABucket_thenTheyAreFoundPieceByPieceInTheOrderInWhichTheyAreDue() {
    Duration length = Duration.ofMinutes(5);
    timer(T0.minusNanos(1_000));
    Story second = timer(T0.plusSeconds(1));
    Story first = timer(T0);
    timer(T0.plus(length));
    timer(T0).then(new Event.WaitClosed(9));
    Story other = timer(T0);
    List<WaitRef> all =
        Stream.concat(
                Stream.of(first, other)
                    .map(story -> new WaitRef(story.id(), 9, T0))
                    .sorted(Comparator.comparing(WaitRef::instanceId)),
                Stream.of(new WaitRef(second.id(), 9, T0.plusSeconds(1))))
            .toList();

    assertThat(timers(length, null, 10)).isEqualTo(all);
    assertThat(timers(length, null, 1)).isEqualTo(all.subList(0, 1));
    assertThat(timers(length, all.get(0), 1)).isEqualTo(all.subList(1, 2));
    assertThat(timers(length, all.get(1), 10)).isEqualTo(all.subList(2, 3));
    assertThat(timers(length, all.get(2), 10)).isEmpty();
  }

  private List<WaitRef> timers(Duration length, @Nullable WaitRef after, int atMost) {
    return database.inTransaction(() -> database.waits.timers(T0, T0.plus(length), after, atMost));
  }

  @Test
  void whenABucketIsClosed_thenItCanBeOpenedAgain() {
    database.inTransaction(() -> database.waits.openBucket(7));
    assertThat(database.inTransaction(() -> database.waits.openBucket(7))).isFalse();

    database.inTransaction(() -> database.waits.closeBucket(7));

    assertThat(database.inTransaction(() -> database.waits.openBucket(7))).isTrue();
  }
}
