package org.millrace.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.Compensation;
import org.millrace.kernel.state.Evaluation;
import org.millrace.kernel.state.Evaluation.RuleHit;
import org.millrace.kernel.state.Incident;
import org.millrace.kernel.state.Status;
import org.millrace.kernel.state.Wait;
import org.millrace.kernel.time.Recurrence;

class EventCodecTest {

  private static final Instant T = Instant.parse("2026-03-01T10:00:00.5Z");

  /** All there are: so a new kind without a word fails here. */
  static Stream<Class<?>> kinds() {
    return Arrays.stream(Event.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachKind_comesBackWithEachField(Class<? extends Event> kind) {
    Event event = new Full().record(kind);

    assertThat(EventCodec.read(EventCodec.write(List.of(event)))).containsExactly(event);
  }

  @Test
  void theFormat_staysAsItIs() {
    List<Event> events =
        List.of(
            new Event.Started("B-1", 4, Map.of("a", 1L)),
            new Event.TokenCreated(1, 0, "start", null),
            new Event.TokenMoved(1, "pay", "f1"),
            new Event.TokenConsumed(1),
            new Event.TokenCancelled(1, true),
            new Event.ScopeOpened(2, 1, "pay", Map.of()),
            new Event.LoopBegun(2, 2, Arrays.asList("a", null)),
            new Event.TokenCreated(3, 2, "pay", null, 1, Map.of("item", "a")),
            new Event.RunCompleted(2, 1, List.of(false)),
            new Event.ScopeClosed(2),
            new Event.WaitOpened(Wait.work(3, 2, "pay", "charge", 3)),
            new Event.WaitOpened(Wait.message(4, 2, "cancel", "cancelled", "K")),
            new Event.WaitOpened(Wait.timer(5, 2, "limit", T, Recurrence.FOREVER)),
            new Event.WaitOpened(Wait.task(6, 2, "ok", null, List.of(), List.of("g"))),
            new Event.WaitClosed(3),
            new Event.TaskClaimed(6, null),
            new Event.AttemptFailed(3, 1, "no", null),
            new Event.AttemptOrdered(3, 2, 2),
            new Event.IncidentRaised(new Incident(7, 1, 3, false, "no", null, 3, T)),
            new Event.IncidentResolved(7),
            new Event.VariablesSet(0, Map.of()),
            new Event.CompensationKept(
                0, new Compensation(8, "pay", "refund", Map.of(), List.of())),
            new Event.CompensationTaken(0, List.of(8)),
            new Event.Suspended(),
            new Event.Resumed(),
            new Event.Migrated(1, 2, Map.of("pay", "charge"), Map.of()),
            new Event.Ended(Status.COMPLETED, null),
            new Event.Ended(Status.FAILED, "E", "why"),
            new Event.DecisionEvaluated(
                2,
                new Evaluation(
                    "risk",
                    3,
                    Map.of("age", 17L),
                    List.of(new RuleHit("risk", 2, "r2")),
                    List.of(Map.of("level", "high")))));
    String text =
        """
        [1,
        ["started","B-1",4,{"a":1}],
        ["token",1,0,"start"],
        ["token-moved",1,"pay","f1"],
        ["token-consumed",1],
        ["token-cancelled",1,true],
        ["scope",2,1,"pay"],
        ["loop",2,2,["a",null]],
        ["token",3,2,"pay",null,1,{"item":"a"}],
        ["run-completed",2,1,[false]],
        ["scope-closed",2],
        ["wait",[3,2,"pay","work","charge",null,null,1,3]],
        ["wait",[4,2,"cancel","message","cancelled","K",null,1,1]],
        ["wait",[5,2,"limit","timer",null,null,"2026-03-01T10:00:00.500Z",1,1,-1]],
        ["wait",[6,2,"ok","task",null,null,null,1,1,0,null,[],["g"]]],
        ["wait-closed",3],
        ["task-claimed",6],
        ["attempt-failed",3,1,"no"],
        ["attempt-ordered",3,2,2],
        ["incident",[7,1,3,false,"no",null,3,"2026-03-01T10:00:00.500Z"]],
        ["incident-resolved",7],
        ["variables"],
        ["compensation",0,[8,"pay","refund"]],
        ["compensation-taken",0,[8]],
        ["suspended"],
        ["resumed"],
        ["migrated",1,2,{"pay":"charge"}],
        ["ended","completed"],
        ["ended","failed","E","why"],
        ["decision",2,["risk",3,{"age":17},[["risk",2,"r2"]],[{"level":"high"}]]]]
        """
            .replace("\n", "");

    assertThat(EventCodec.write(events)).isEqualTo(text);
    assertThat(EventCodec.read(text)).isEqualTo(events);
  }

  @Test
  void givenAnotherVersionOfTheFormat_thenItIsRefused() {
    assertThatThrownBy(() -> EventCodec.read("[2]")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> EventCodec.read("{}")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> EventCodec.read("[1,[\"eaten\"]]")).hasMessageContaining("eaten");
  }
}
