package org.millrace.kernel;

import static org.millrace.kernel.Expressions.value;
import static org.millrace.kernel.TestProcess.anyOf;
import static org.millrace.kernel.TestProcess.condition;
import static org.millrace.kernel.TestProcess.duration;
import static org.millrace.kernel.TestProcess.escalation;
import static org.millrace.kernel.TestProcess.message;

import org.millrace.kernel.element.EventDefinition;

/** An event in a random process, and what follows it. */
record Happening(Trigger trigger, boolean interrupting, Block then) {

  enum Trigger {
    MESSAGE,
    TIMER,
    CYCLE,
    SIGNAL,
    CONDITION,
    ANY_OF,
    ESCALATION,
    ERROR,
    ANY_ERROR;

    EventDefinition definition() {
      return switch (this) {
        case MESSAGE -> message("m");
        case TIMER -> duration("PT1H");
        case CYCLE -> TestProcess.cycle("R2/PT1H");
        // These two come by hand alone: what they begin could bring them about again, for ever.
        case CONDITION -> condition(value(false));
        case SIGNAL -> TestProcess.signal("y");
        case ANY_OF -> anyOf(message("m"), escalation("UP"));
        case ESCALATION -> escalation(null);
        case ERROR -> TestProcess.error("E1");
        case ANY_ERROR -> TestProcess.anyError();
      };
    }

    boolean interrupts(boolean wanted) {
      return wanted || this == ERROR || this == ANY_ERROR;
    }
  }

  void drawWithin(TestProcess process, Block.Ids ids) {
    String start = ids.next("start");
    if (trigger.interrupts(interrupting)) {
      process.start(start, trigger.definition());
    } else {
      process.nonInterruptingStart(start, trigger.definition());
    }
    then.draw(process, ids);
    process.end(ids.next("end"));
  }

  void drawOn(TestProcess process, String activity, String merge, Block.Ids ids) {
    String boundary = ids.next("boundary");
    if (trigger.interrupts(interrupting)) {
      then.draw(process.boundary(boundary, activity, trigger.definition()), ids);
      process.to(merge);
    } else {
      then.draw(process.nonInterrupting(boundary, activity, trigger.definition()), ids);
      process.end(ids.next("end"));
    }
  }
}
