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

  private final InstanceState before;
  private final Instant now;
  private final List<Event> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private InstanceState state;

  record Mark(int events, int effects) {}

  Journal(InstanceState before, Instant now) {
    this.before = before;
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
    return new Mark(events.size(), effects.size());
  }

  /** Takes back all since the mark. Rare, so it is the fold again rather than an undo. */
  void backTo(Mark mark) {
    if (mark.equals(mark())) {
      return;
    }
    events.subList(mark.events(), events.size()).clear();
    effects.subList(mark.effects(), effects.size()).clear();
    state = before.copy();
    events.forEach(event -> state.apply(event, now));
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
