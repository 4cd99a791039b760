package org.millrace.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.api.operation.IncidentView;
import org.millrace.api.operation.InstanceQuery;
import org.millrace.api.operation.InstanceSummary;
import org.millrace.api.operation.Page;
import org.millrace.execution.Ids;
import org.millrace.execution.Overview.TaskRow;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.Incident;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Wait;

@ParameterizedClass
@EnumSource
class OverviewTest {

  private final TestDatabase database;

  OverviewTest(TestDatabase.Kind kind) {
    database = TestDatabase.of(kind);
  }

  @BeforeEach
  void clear() {
    database.clear();
  }

  private Page<InstanceSummary> query(
      @Nullable String process,
      @Nullable String businessKey,
      @Nullable String state,
      @Nullable String activity,
      @Nullable String variable) {
    return database.inTransaction(
        () ->
            database.overview.instances(
                new InstanceQuery(process, businessKey, state, activity, variable, 0, 20)));
  }

  private static List<String> ids(Page<InstanceSummary> page) {
    return page.items().stream().map(InstanceSummary::id).toList();
  }

  @Test
  void givenAnInstance_thenItsLineSaysHowItStands() {
    Story story =
        Story.begin(database)
            .then(
                new Event.TokenCreated(5, 2, "inner_1", null),
                new Event.TokenCreated(6, 0, "aside", null),
                new Event.IncidentRaised(new Incident(7, 5, -1, false, "no", null, 1, Story.T0)));

    assertThat(query(null, null, null, null, null).items())
        .containsExactly(
            new InstanceSummary(
                story.id(),
                "order",
                2,
                "B-1",
                "running",
                Story.T0,
                null,
                List.of("inner_1", "aside"),
                1));
    assertThat(ids(query(null, null, null, "inner_1", null))).containsExactly(story.id());
    assertThat(ids(query(null, null, null, "aside", null))).containsExactly(story.id());
    assertThat(ids(query(null, null, null, "work", null))).isEmpty();
    assertThat(ids(query(null, null, null, "innerx1", null))).isEmpty();
    assertThat(ids(query(null, null, null, "aside%", null))).isEmpty();
  }

  @Test
  void givenInstances_thenEachCriterionSelects() {
    Story one = Story.begin(database, "order", "B-1", Map.of());
    Story two = Story.begin(database, "order", "B-2", Map.of());
    Story three = Story.begin(database, "refund", "B-1", Map.of());
    two.then(
        new Event.WaitClosed(3),
        new Event.ScopeClosed(2),
        new Event.TokenConsumed(1),
        new Event.Ended(Status.COMPLETED, null));

    assertThat(ids(query("order", null, null, null, null)))
        .containsExactlyInAnyOrder(one.id(), two.id());
    assertThat(ids(query(null, "B-1", null, null, null)))
        .containsExactlyInAnyOrder(one.id(), three.id());
    assertThat(ids(query(null, null, "completed", null, null))).containsExactly(two.id());
    assertThat(ids(query("order", "B-1", "running", "work", null))).containsExactly(one.id());
    assertThat(query("order", "B-1", "completed", null, null))
        .isEqualTo(new Page<InstanceSummary>(0, List.of()));
  }

  @Test
  void givenManyInstances_thenAPageIsAPartOfTheNewestFirst() {
    List<String> newestFirst = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Story story = new Story(database, "order").at(Story.T0.plusSeconds(i));
      story.then(new Event.Started(null, 4, Map.of()));
      newestFirst.add(0, story.id());
    }

    Page<InstanceSummary> page =
        database.inTransaction(
            () ->
                database.overview.instances(
                    new InstanceQuery("order", null, null, null, null, 1, 2)));

    assertThat(page.total()).isEqualTo(5);
    assertThat(ids(page)).isEqualTo(newestFirst.subList(1, 3));
  }

  @Test
  void givenVariables_thenOneIsFoundByNameAndExactValue() {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("first", "a_b");
    variables.put("quoted \"name\"", "50% of\nit!");
    variables.put("inner", Map.of("customer", "hidden"));
    variables.put("count", 12L);
    variables.put("price", new BigDecimal("1.50"));
    variables.put("paid", true);
    variables.put("digits", "12");
    variables.put("last", "");
    Story story = Story.begin(database, "order", null, variables);

    for (String found :
        List.of(
            "first:a_b",
            "quoted \"name\":50% of\nit!",
            "count:12",
            "count:12.0",
            "price:1.50",
            "price:1.5",
            "price:1.500",
            "paid:true",
            "digits:12",
            "last:")) {
      assertThat(ids(query(null, null, null, null, found))).as(found).containsExactly(story.id());
    }
    for (String missed :
        List.of(
            "first:a",
            "first:axb",
            "first:a%",
            "irst:a_b",
            "customer:hidden",
            "count:1",
            "count:012",
            "price:1.51",
            "price:15e-1000000000",
            "paid:false",
            "none:x")) {
      assertThat(ids(query(null, null, null, null, missed))).as(missed).isEmpty();
    }
  }

  @Test
  void givenIncidents_thenTheOpenOnesAreListed_oldestFirst() {
    Incident work = new Incident(9, 1, 3, false, "refused", "at a.B.c(B.java:1)", 3, Story.T0);
    Incident gateway =
        new Incident(9, 1, Scope.NONE, true, "no flow", null, 1, Story.T0.minusSeconds(1));
    Story later = Story.begin(database).then(new Event.IncidentRaised(work));
    Story older =
        Story.begin(database, "refund", null, Map.of()).then(new Event.IncidentRaised(gateway));
    Story.begin(database).then(new Event.IncidentRaised(work)).then(new Event.IncidentResolved(9));

    IncidentView first =
        new IncidentView(
            older.id() + ".9",
            older.id(),
            "refund",
            "work",
            null,
            "no flow",
            null,
            1,
            Story.T0.minusSeconds(1));
    IncidentView second =
        new IncidentView(
            later.id() + ".9",
            later.id(),
            "order",
            "work",
            "crunch",
            "refused",
            "at a.B.c(B.java:1)",
            3,
            Story.T0);
    assertThat(incidents(null, null)).containsExactly(first, second);
    assertThat(incidents("order", null)).containsExactly(second);
    assertThat(incidents(null, "crunch")).containsExactly(second);
    assertThat(incidents("refund", "crunch")).isEmpty();
  }

  @Test
  void givenManyIncidents_thenAPartIsListedWithTheTotal_andAllCanBeNamed() {
    List<Ids> raised = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      Incident incident =
          new Incident(9, 1, 3, false, "refused", null, 3, Story.T0.plusSeconds(number));
      Story story = Story.begin(database).then(new Event.IncidentRaised(incident));
      raised.add(new Ids(story.id(), 9));
    }

    Page<IncidentView> part =
        database.inTransaction(() -> database.overview.incidents("order", null, 1, 3));

    assertThat(part.total()).isEqualTo(5);
    assertThat(part.items())
        .extracting(IncidentView::id)
        .containsExactlyElementsOf(raised.subList(1, 4).stream().map(Ids::toString).toList());
    assertThat(database.inTransaction(() -> database.overview.incidents("order", null)))
        .containsExactlyElementsOf(raised);
    assertThat(database.inTransaction(() -> database.overview.incidents("refund", null))).isEmpty();
  }

  private List<IncidentView> incidents(@Nullable String process, @Nullable String stage) {
    return database.inTransaction(() -> database.overview.incidents(process, stage, 0, 50).items());
  }

  @Test
  void givenTasks_thenTheyAreFoundByUserAndGroup() {
    Story forBoth = task("ann", List.of("ann", "bob_b"), List.of("managers"));
    Story forGroup = task(null, List.of(), List.of("managers", "clerks"));
    Story claimed = task(null, List.of(), List.of());
    claimed.then(new Event.TaskClaimed(9, "bobxb"));
    task("x", List.of(), List.of("managers")).then(new Event.WaitClosed(9));

    assertThat(tasks(null, null)).containsExactlyInAnyOrder(forBoth, forGroup, claimed);
    assertThat(tasks("ann", null)).containsExactly(forBoth);
    assertThat(tasks("bob_b", null)).containsExactly(forBoth);
    assertThat(tasks("bobxb", null)).containsExactly(claimed);
    assertThat(tasks(null, "managers")).containsExactlyInAnyOrder(forBoth, forGroup);
    assertThat(tasks(null, "clerks")).containsExactly(forGroup);
    assertThat(tasks("ann", "clerks")).isEmpty();
    assertThat(database.inTransaction(() -> database.overview.tasks("ann", null, 0, 50).items()))
        .containsExactly(
            new TaskRow(
                forBoth.id(),
                9,
                "order",
                2,
                "B-1",
                "approve",
                "ann",
                List.of("ann", "bob_b"),
                List.of("managers"),
                Story.T0));
  }

  private final List<Story> stories = new ArrayList<>();

  private Story task(@Nullable String assignee, List<String> users, List<String> groups) {
    Story story =
        Story.begin(database)
            .then(new Event.WaitOpened(Wait.task(9, 2, "approve", assignee, users, groups)));
    stories.add(story);
    return story;
  }

  private List<Story> tasks(@Nullable String user, @Nullable String group) {
    List<String> ids =
        database.inTransaction(() -> database.overview.tasks(user, group, 0, 50).items()).stream()
            .map(TaskRow::instanceId)
            .toList();
    return stories.stream().filter(story -> ids.contains(story.id())).toList();
  }
}
