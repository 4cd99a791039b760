package org.millrace.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.api.operation.DefinitionView;
import org.millrace.execution.DefinitionStore.Deployed;
import org.millrace.execution.DefinitionStore.Kind;
import org.millrace.execution.DefinitionStore.MessageStart;

@ParameterizedClass
@EnumSource
class DefinitionStoreTest {

  private final TestDatabase database;

  DefinitionStoreTest(TestDatabase.Kind kind) {
    database = TestDatabase.of(kind);
  }

  @BeforeEach
  void clear() {
    database.clear();
  }

  private static Deployed definition(String process, int version) {
    return new Deployed(
        Kind.PROCESS,
        process,
        version,
        "Name of " + process,
        Story.T0.plusSeconds(version),
        "ab".repeat(32),
        version > 9 ? null : "spring",
        "http://example.org/" + process);
  }

  private void insert(Deployed definition, byte[] xml) {
    database.definitions.insert(definition, "order.bpmn", xml);
  }

  private @Nullable Deployed newest(String process) {
    return database.inTransaction(() -> database.definitions.newestForUpdate(process));
  }

  @Test
  void givenNoVersion_thenThereIsNothing() {
    assertThat(newest("order")).isNull();
    assertThat(database.<Integer>inTransaction(() -> database.definitions.newestVersion("order")))
        .isZero();
    assertThat(database.inTransaction(() -> database.definitions.xml("order", 1))).isNull();
    assertThat(database.inTransaction(database.definitions::list)).isEmpty();
  }

  @Test
  void givenVersions_thenTheNewestIsKnown_andEachKeepsItsDocument() {
    byte[] large = new byte[3_000_000];
    new Random(1).nextBytes(large);
    byte[] small = "<a/>".getBytes(StandardCharsets.UTF_16);
    database.inTransaction(
        () -> {
          insert(definition("order", 9), small);
          insert(definition("order", 10), large);
          insert(definition("refund", 1), small);
        });

    assertThat(newest("order")).isEqualTo(definition("order", 10));
    assertThat(database.<Integer>inTransaction(() -> database.definitions.newestVersion("order")))
        .isEqualTo(10);
    assertThat(database.inTransaction(() -> database.definitions.xml("order", 10)))
        .isEqualTo(large);
    assertThat(database.inTransaction(() -> database.definitions.xml("order", 9))).isEqualTo(small);
    assertThat(tagged("order", "spring")).isEqualTo(9);
    assertThat(imported("http://example.org/order", "order", 9)).isEqualTo(small);
    assertThat(imported("http://example.org/order", "order", 10)).isEqualTo(large);
    assertThat(imported("http://example.org/order", "refund", 1))
        .as("none is older")
        .isEqualTo(large);
    assertThat(imported("http://example.org/none", "order", 9)).isNull();
    assertThat(tagged("order", "autumn")).isZero();
    assertThat(database.inTransaction(database.definitions::list))
        .extracting(DefinitionView::kind, DefinitionView::id, DefinitionView::version)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("process", "order", 10),
            org.assertj.core.groups.Tuple.tuple("process", "order", 9),
            org.assertj.core.groups.Tuple.tuple("process", "refund", 1));
  }

  @Test
  void givenVersions_thenTheNewestIsFoundWithoutReadingTheirDocuments() {
    database.inTransaction(() -> insert(definition("order", 1), new byte[100_000]));

    assertThat(database.statements(() -> database.definitions.newestForUpdate("order")))
        .hasSize(2)
        .noneMatch(sql -> sql.contains("xml"));
  }

  private byte @Nullable [] imported(String namespace, String decision, int version) {
    return database.inTransaction(
        () -> database.definitions.imported(namespace, decision, version));
  }

  private int tagged(String process, String tag) {
    return database.inTransaction(
        () -> database.definitions.newestTagged(Kind.PROCESS, process, tag));
  }

  @Test
  void givenTwoWhoDeployTheFirstVersionAtOnce_thenTheSecondSeesTheFirst() {
    Background<Optional<Deployed>> first =
        new Background<>(
            database,
            () -> {
              Deployed newest = database.definitions.newestForUpdate("order");
              insert(definition("order", 1), new byte[] {1});
              return Optional.ofNullable(newest);
            });
    assertThat(first.result()).isEmpty();

    Background<Optional<Deployed>> second =
        new Background<>(
            database, () -> Optional.ofNullable(database.definitions.newestForUpdate("order")));
    database.awaitBlocked();
    first.commit();

    assertThat(second.result()).contains(definition("order", 1));
    second.commit();
  }

  @Test
  void givenMessageStarts_thenANewVersionReplacesThoseOfItsProcess() {
    listen("order", Map.of("ordered", "start-1", "reordered", "start-2"));
    listen("audit", Map.of("ordered", "start"));
    listen("order", Map.of("ordered", "start-3"));

    assertThat(startedBy("ordered"))
        .containsExactly(new MessageStart("audit", "start"), new MessageStart("order", "start-3"));
    assertThat(startedBy("reordered")).isEmpty();
  }

  private void listen(String process, Map<String, String> elements) {
    database.inTransaction(() -> database.definitions.listenForStarts(process, elements));
  }

  private List<MessageStart> startedBy(String message) {
    return database.inTransaction(() -> database.definitions.startedBy(message));
  }
}
