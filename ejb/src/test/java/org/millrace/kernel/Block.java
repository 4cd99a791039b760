package org.millrace.kernel;

import static org.millrace.kernel.Expressions.computed;
import static org.millrace.kernel.Expressions.value;
import static org.millrace.kernel.TestProcess.allOf;
import static org.millrace.kernel.TestProcess.anyOf;
import static org.millrace.kernel.TestProcess.condition;
import static org.millrace.kernel.TestProcess.duration;
import static org.millrace.kernel.TestProcess.escalated;
import static org.millrace.kernel.TestProcess.escalation;
import static org.millrace.kernel.TestProcess.message;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Loop;

/** A piece of a random process: one way in, one way out, whatever happens between. */
sealed interface Block {

  /** Draws it behind where the row ends; the row ends behind it then. */
  void draw(TestProcess process, Ids ids);

  /** Gives each element an id of its own. */
  final class Ids {
    private final AtomicInteger last = new AtomicInteger();

    String next(String prefix) {
      return prefix + last.incrementAndGet();
    }
  }

  enum Kind {
    SERVICE,
    USER,
    CALL,
    RECEIVE,
    MESSAGE,
    TIMER,
    PASS,
    SCRIPT,
    SEND,
    SIGNAL,
    CONDITION,
    ANY_OF,
    ALL_OF,
    THROW_SIGNAL,
    ESCALATE,
    COMPENSABLE,
    COMPENSABLE_RUNS,
    COMPENSATE,
    COMPENSATE_ASIDE
  }

  /** One element. */
  record One(Kind kind) implements Block {
    @Override
    public void draw(TestProcess process, Ids ids) {
      String id = ids.next(kind.name().toLowerCase(Locale.ROOT));
      switch (kind) {
        case SERVICE -> process.service(id);
        case USER -> process.user(id);
        case CALL -> process.call(id);
        case RECEIVE -> process.receive(id, "m");
        case MESSAGE -> process.catching(id, message("m"));
        case TIMER -> process.catching(id, duration("PT1H"));
        case PASS -> process.pass(id);
        case SCRIPT -> process.script(id, "x", value(1L));
        case SEND -> process.throwing(id, TestProcess.send(id));
        case SIGNAL -> process.catching(id, TestProcess.signal("x"));
        case CONDITION -> process.catching(id, condition(computed("x=1", v -> v.containsKey("x"))));
        case ANY_OF -> process.catching(id, anyOf(message("m"), TestProcess.signal("x")));
        case ALL_OF -> process.catching(id, allOf(message("m"), TestProcess.signal("x")));
        case THROW_SIGNAL -> process.throwing(id, TestProcess.signal("x"));
        case ESCALATE -> process.throwing(id, escalated("UP"));
        case COMPENSABLE -> process.service(id).compensatedBy("handler-" + id, id).from(id);
        case COMPENSABLE_RUNS ->
            process
                .loop(How.PARALLEL.loop())
                .service(id)
                .compensatedBy("handler-" + id, id)
                .from(id);
        case COMPENSATE_ASIDE ->
            process.throwing(id, new EventDefinition.CompensationThrow(null, false));
        case COMPENSATE -> process.throwing(id, TestProcess.compensation());
      }
    }
  }

  record Row(List<Block> blocks) implements Block {
    @Override
    public void draw(TestProcess process, Ids ids) {
      blocks.forEach(block -> block.draw(process, ids));
    }
  }

  record Fork(List<Block> branches) implements Block {
    @Override
    public void draw(TestProcess process, Ids ids) {
      String fork = ids.next("fork");
      String join = ids.next("join");
      process.parallel(fork);
      branches.get(0).draw(process, ids);
      process.parallel(join);
      for (Block branch : branches.subList(1, branches.size())) {
        branch.draw(process.from(fork), ids);
        process.to(join);
      }
      process.from(join);
    }
  }

  record Choice(List<Block> branches, int taken) implements Block {
    @Override
    public void draw(TestProcess process, Ids ids) {
      String choice = ids.next("choice");
      String merge = ids.next("merge");
      process.exclusive(choice);
      for (int i = 0; i < branches.size(); i++) {
        process.from(choice).when(value(i == taken % branches.size()));
        branches.get(i).draw(process, ids);
        if (i == 0) {
          process.exclusive(merge);
        } else {
          process.to(merge);
        }
      }
      process.from(merge);
    }
  }

  record Race(Block afterMessage, Block afterTimer) implements Block {
    @Override
    public void draw(TestProcess process, Ids ids) {
      String race = ids.next("race");
      String merge = ids.next("merge");
      process.eventBased(race).receive(ids.next("receive"), "m");
      afterMessage.draw(process, ids);
      process.exclusive(merge).from(race).catching(ids.next("timer"), duration("PT1H"));
      afterTimer.draw(process, ids);
      process.to(merge).from(merge);
    }
  }

  /** Twice the same; its counter is a variable. */
  record Twice(Block body) implements Block {
    @Override
    public void draw(TestProcess process, Ids ids) {
      String again = ids.next("again");
      String count = ids.next("count");
      String choice = ids.next("choice");
      process.exclusive(again);
      body.draw(process, ids);
      process
          .script(count, count, computed("count + 1", v -> (Long) v.getOrDefault(count, 0L) + 1))
          .exclusive(choice)
          .when(computed("odd", v -> (Long) v.get(count) % 2 == 1))
          .to(again)
          .from(choice);
    }
  }

  /** A block beside which all around it can be terminated. */
  record Killable(Block body) implements Block {
    @Override
    public void draw(TestProcess process, Ids ids) {
      String fork = ids.next("fork");
      process
          .parallel(fork)
          .user(ids.next("kill"))
          .end(ids.next("killed"), TestProcess.terminate());
      body.draw(process.from(fork), ids);
    }
  }

  /** How something is done twice. */
  enum How {
    PARALLEL,
    SEQUENTIAL,
    UNTIL_ONE,
    WHILE;

    Loop loop() {
      return switch (this) {
        case PARALLEL -> twice(false, null);
        case SEQUENTIAL -> twice(true, null);
        case UNTIL_ONE -> twice(false, value(true));
        case WHILE ->
            new Loop.Standard(true, computed("again", v -> (Long) v.get("loopCounter") < 2), 0);
      };
    }

    private static Loop twice(boolean sequential, Expression until) {
      return new Loop.MultiInstance(
          sequential,
          new Loop.Source(null, value(List.of("x", "y")), "item"),
          Loop.Numbering.FROM_ZERO,
          until,
          List.of(new Loop.Result("results", List.of(), value("z"))));
    }
  }

  /** A sub-process that is done several times, with an event on its border. */
  record Runs(Block body, How how, Happening border) implements Block {
    @Override
    public void draw(TestProcess process, Ids ids) {
      String sub = ids.next("runs");
      String merge = ids.next("merge");
      process
          .loop(how.loop())
          .sub(
              sub,
              in -> {
                body.draw(in.start(ids.next("start")), ids);
                in.end(ids.next("end"));
              });
      process.exclusive(merge);
      border.drawOn(process, sub, merge, ids);
      process.from(merge);
    }
  }

  /** A transaction beside whose content somebody can cancel it. */
  record Transaction(Block body) implements Block {
    @Override
    public void draw(TestProcess process, Ids ids) {
      String transaction = ids.next("transaction");
      String merge = ids.next("merge");
      process.transaction(
          transaction,
          in -> {
            String fork = ids.next("fork");
            in.start(ids.next("start")).parallel(fork).user(ids.next("no"));
            in.end(ids.next("cancel"), TestProcess.cancelled());
            body.draw(in.from(fork), ids);
            in.end(ids.next("end"));
          });
      process
          .exclusive(merge)
          .boundary(ids.next("cancelled"), transaction, TestProcess.cancelled())
          .to(merge)
          .from(merge);
    }
  }

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

  /** A sub-process with an event on its border and one within. */
  record Sub(Block body, Happening border, Happening within) implements Block {
    @Override
    public void draw(TestProcess process, Ids ids) {
      String sub = ids.next("sub");
      String merge = ids.next("merge");
      process.sub(
          sub,
          in -> {
            body.draw(in.start(ids.next("start")), ids);
            in.end(ids.next("end"));
            in.eventSub(ids.next("event"), event -> within.drawWithin(event, ids));
          });
      process.exclusive(merge);
      border.drawOn(process, sub, merge, ids);
      process.from(merge);
    }
  }

  /** An event, and what follows it. */
  record Happening(Trigger trigger, boolean interrupting, Block then) {
    void drawWithin(TestProcess process, Ids ids) {
      String start = ids.next("start");
      if (trigger.interrupts(interrupting)) {
        process.start(start, trigger.definition());
      } else {
        process.nonInterruptingStart(start, trigger.definition());
      }
      then.draw(process, ids);
      process.end(ids.next("end"));
    }

    void drawOn(TestProcess process, String activity, String merge, Ids ids) {
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
}
