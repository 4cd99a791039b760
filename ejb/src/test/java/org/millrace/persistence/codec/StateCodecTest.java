package org.millrace.persistence.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.InstanceState.Parts;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Wait;

class StateCodecTest {

  private static InstanceState again(InstanceState state) {
    return StateCodec.read("i", StateCodec.snapshot(state), StateCodec.variables(state));
  }

  @Test
  void eachPart_comesBackWithEachField() {
    Parts full = new Full().record(Parts.class);
    List<Scope> scopes = new ArrayList<>(full.scopes());
    scopes.add(0, new Scope(Scope.ROOT, Scope.NONE, Scope.NONE, "", Map.of("a", "b"), List.of()));
    InstanceState state =
        InstanceState.of(
            "i",
            new Parts(
                full.status(),
                full.businessKey(),
                full.priority(),
                full.startedAt(),
                full.endedAt(),
                full.reason(),
                full.nextId(),
                full.tokens(),
                scopes,
                full.waits(),
                full.incidents(),
                full.message()));

    assertThat(again(state)).isEqualTo(state);
    assertThat(again(state).variables()).isEqualTo(Map.of("a", "b"));
  }

  @Test
  void theFormat_staysAsItIs() {
    InstanceState state = InstanceState.initial("i");
    List.of(
            new Event.Started("B-1", 4, Map.of("a", 1L)),
            new Event.TokenCreated(1, 0, "pay", "f1"),
            new Event.ScopeOpened(2, 1, "pay", Map.of("inner", true)),
            new Event.WaitOpened(Wait.work(3, 2, "pay", "charge", 3)))
        .forEach(event -> state.apply(event, Instant.parse("2026-03-01T10:00:00.123456Z")));

    assertThat(StateCodec.variables(state)).isEqualTo("{\n\"a\":1\n}");
    assertThat(StateCodec.snapshot(state))
        .isEqualTo(
            """
            {"v":1,"status":"running","key":"B-1","priority":4,
            "started":"2026-03-01T10:00:00.123456Z","next":4,
            "tokens":[[1,0,"pay","f1","2026-03-01T10:00:00.123456Z"]],
            "scopes":[[0,-1,-1,""],[2,0,1,"pay",{"inner":true}]],
            "waits":[[3,2,"pay","work","charge",null,null,1,3]]}
            """
                .replace("\n", ""));
    assertThat(again(state)).isEqualTo(state);
  }

  @Test
  void givenAnotherVersionOfTheFormat_thenItIsRefused() {
    assertThatThrownBy(() -> StateCodec.read("i", "{\"v\":2}", "{}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("i");
  }
}
