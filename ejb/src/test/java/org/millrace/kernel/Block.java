package org.millrace.kernel;

import static org.millrace.kernel.Expressions.computed;
import static org.millrace.kernel.Expressions.value;
import static org.millrace.kernel.TestProcess.allOf;
import static org.millrace.kernel.TestProcess.anyOf;
import static org.millrace.kernel.TestProcess.condition;
import static org.millrace.kernel.TestProcess.duration;
import static org.millrace.kernel.TestProcess.escalated;
import static org.millrace.kernel.TestProcess.message;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.millrace.kernel.element.AdHoc;
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

  /** Some of several branches, by inclusive gateways: all whose number leaves no rest. */
  record Some(List<Block> branches, int divisor) implements Block {
    @Override
    public void draw(TestProcess process, Ids ids) {
      String split = ids.next("some");
      String join = ids.next("gather");
      process.inclusive(split);
      for (int i = 0; i < branches.size(); i++) {
        process.from(split).when(value(i % divisor == 0));
        branches.get(i).draw(process, ids);
        if (i == 0) {
          process.inclusive(join);
        } else {
          process.to(join);
        }
      }
      process.from(join);
    }
  }

  /** Of several branches the first one goes on; the others end at a complex gateway. */
  record First(List<Block> branches) implements Block {
    @Override
    public void draw(TestProcess process, Ids ids) {
      String gate = ids.next("gate");
      String fork = ids.next("fork");
      process.sub(
          ids.next("first"),
          in -> {
            in.start(ids.next("start")).parallel(fork);
            branches.get(0).draw(in, ids);
            in.complex(gate, computed("any", v -> (Long) v.get("activationCount") > 0));
            for (Block branch : branches.subList(1, branches.size())) {
              branch.draw(in.from(fork), ids);
              in.to(gate);
            }
            in.from(gate).end(ids.next("end"));
          });
    }
  }

  /** An ad-hoc sub-process, all of whose parts begin with it. */
  record Parts(List<Block> parts, boolean untilOne) implements Block {
    @Override
    public void draw(TestProcess process, Ids ids) {
      List<String> first = parts.stream().map(part -> ids.next("part")).toList();
      Expression until = untilOne ? value(true) : null;
      process.adHoc(
          ids.next("adHoc"),
          new AdHoc(false, until, true, value(first)),
          in -> {
            for (int i = 0; i < parts.size(); i++) {
              parts.get(i).draw(in.from(null).user(first.get(i)), ids);
              in.pass(ids.next("last"));
            }
          });
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

  /**
   * Twice the same; its counter is a variable. Runs that go on side by side share it: so it ends
   * for all of them sometime.
   */
  record Twice(Block body) implements Block {
    private static final int MOST = 10;

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
          .when(computed("odd", v -> isOdd((Long) v.get(count))))
          .to(again)
          .from(choice);
    }

    private static boolean isOdd(long count) {
      return count < MOST && count % 2 == 1;
    }
  }

  /** A block beside which all around it can be ended, in one way or another. */
  record Killable(Block body, Killer killer) implements Block {
    @Override
    public void draw(TestProcess process, Ids ids) {
      String fork = ids.next("fork");
      process.parallel(fork).user(ids.next("kill")).end(ids.next("killed"), killer.definition());
      body.draw(process.from(fork), ids);
    }
  }

  /** What ends all around it. */
  enum Killer {
    TERMINATE,
    ERROR,
    ESCALATION;

    EventDefinition definition() {
      return switch (this) {
        case TERMINATE -> TestProcess.terminate();
        case ERROR -> TestProcess.thrown("E1");
        case ESCALATION -> escalated("UP");
      };
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
}
