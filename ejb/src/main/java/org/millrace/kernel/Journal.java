package org.millrace.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.millrace.kernel.effect.Effect;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Status;

/** What a step has brought about so far: events, the state that they give, effects. */
final class Journal {

  private final Instant now;
  private final List<Event> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final InstanceState state;

  record Mark(int events, int effects, InstanceState.Mark state) {}

  Journal(InstanceState before, Instant now) {
    this.now = now;
    this.state = before.copy();
  }

  InstanceState state() {
    return state;
  }

  void emit(Event event) {
    events.add(event);
    state.apply(event, now);
  }

  void effect(Effect effect) {
    effects.add(effect);
  }

  Mark mark() {
    return new Mark(events.size(), effects.size(), state.mark());
  }

  /** Takes back all since the mark. */
  void backTo(Mark mark) {
    events.subList(mark.events(), events.size()).clear();
    effects.subList(mark.effects(), effects.size()).clear();
    state.backTo(mark.state());
  }

  /** The outcome; effects for what is no longer waited for are dropped. */
  Decision.Accepted accepted() {
    return new Decision.Accepted(
        List.copyOf(events), effects.stream().filter(this::stillWanted).toList(), state, now);
  }

  private boolean stillWanted(Effect effect) {
    if (effect instanceof Effect.SendWork work) {
      // While an instance is suspended nothing begins; resuming sends all that is open.
      return state.status() == Status.RUNNING && state.findWait(work.work().id()) != null;
    }
    if (effect instanceof Effect.StartCalled call) {
      return state.status() == Status.RUNNING && state.findWait(call.call().id()) != null;
    }
    return !(effect instanceof Effect.ScheduleTimer timer)
        || state.findWait(timer.waitId()) != null;
  }
}
