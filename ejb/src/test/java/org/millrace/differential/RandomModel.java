package org.millrace.differential;

import java.util.Random;

/**
 * A model of blocks within blocks, in the notation of {@link Model}. What it splits it joins by the
 * same kind of gateway: where several tokens come by one flow to a parallel join, Operaton counts
 * tokens and BPMN flows. For the like reason no inclusive gateway is in a loop, and nothing between
 * two has an event on its border: its inclusive join does not look again at tokens that went
 * elsewhere. No sub-process has both an event on its border and an event sub-process, which takes
 * that event along in Operaton.
 */
final class RandomModel {

  private final Random random;
  private final boolean eventSubs;
  private final StringBuilder lines = new StringBuilder();
  private int ids;
  private int loops;
  private int inclusive;

  private RandomModel(long seed, boolean eventSubs) {
    this.random = new Random(seed);
    this.eventSubs = eventSubs;
  }

  /**
   * The model of a number.
   *
   * @param eventSubs whether it can have event sub-processes
   */
  static String of(long seed, boolean eventSubs) {
    RandomModel model = new RandomModel(seed, eventSubs);
    model.container(3);
    return model.lines.toString();
  }

  private String id(String kind) {
    return kind + ids++;
  }

  @SuppressWarnings("AnnotateFormatMethod") // Error Prone's annotation is no dependency of ours.
  private void line(String line, Object... arguments) {
    lines.append(line.formatted(arguments)).append('\n');
  }

  /** Whether an event sub-process is in it. */
  private boolean container(int depth) {
    String start = id("s");
    String end = id("e");
    line("%s start", start);
    line(random.nextInt(8) == 0 ? "%s end terminate" : "%s end", end);
    block(start, end, depth);
    boolean hasEventSub = eventSubs && random.nextInt(4) == 0;
    if (hasEventSub) {
      eventSub(depth - 1);
    }
    return hasEventSub;
  }

  private void eventSub(int depth) {
    String sub = id("es");
    String start = id("s");
    String end = id("e");
    line("%s eventsub {", sub);
    switch (random.nextInt(3)) {
      case 0 -> line("%s start message m%s", start, ids);
      case 1 -> line("%s start! message m%s", start, ids);
      default -> line("%s start error E", start);
    }
    line("%s end", end);
    block(start, end, Math.min(1, depth));
    line("}");
  }

  /** What lies between two elements. */
  private void block(String from, String to, int depth) {
    switch (depth <= 0
        ? random.nextInt(3)
        : random.nextInt(inclusive > 0 ? 14 : eventSubs ? 17 : 16)) {
      case 0 -> task(from, to, "user", "u");
      case 1 -> task(from, to, "work", "err");
      case 2 -> task(from, to, "pass", "t");
      case 3 -> {
        String middle = id("t");
        line("%s pass", middle);
        block(from, middle, depth - 1);
        block(middle, to, depth - 1);
      }
      case 4 -> split(from, to, depth, "xor");
      case 5, 6 -> split(from, to, depth, "and");
      case 7 -> split(from, to, depth, loops > 0 ? "xor" : "or");
      case 8 -> race(from, to, depth);
      case 9 -> loop(from, to, depth);
      case 10 -> receive(from, to);
      case 11 -> choice(from, to, depth);
      case 14 -> failing(from, to, depth);
      case 15 -> escalating(from, to);
      case 16 -> undoing(from, to);
      default -> sub(from, to, depth);
    }
  }

  private void task(String from, String to, String kind, String prefix) {
    String task = id(prefix);
    line("%s %s", task, kind);
    line("%s -> %s -> %s", from, task, to);
    if (!kind.equals("pass")) {
      if (random.nextInt(8) == 0) {
        line("%s loop %s %s", task, random.nextBoolean() ? "parallel" : "sequential", 2);
      }
      boundaries(task);
    }
  }

  private void boundaries(String activity) {
    int kind = random.nextInt(9);
    if (kind > 3 || inclusive > 0) {
      return;
    }
    String event = id("b");
    switch (kind) {
      case 0 -> line("%s boundary %s message m%s", event, activity, ids);
      case 1 -> line("%s boundary! %s message m%s", event, activity, ids);
      case 2 -> line("%s boundary %s timer", event, activity);
      default -> line("%s boundary %s error E", event, activity);
    }
    String end = id("e");
    line(random.nextInt(6) == 0 ? "%s end terminate" : "%s end", end);
    String task = id("u");
    line("%s user", task);
    line("%s -> %s -> %s", event, task, end);
  }

  private void split(String from, String to, int depth, String kind) {
    String split = id("g");
    String join = id("g");
    line("%s %s", split, kind);
    line("%s %s", join, kind);
    line("%s -> %s", from, split);
    line("%s -> %s", join, to);
    inclusive += kind.equals("or") ? 1 : 0;
    int ways = 2 + random.nextInt(2);
    for (int i = 0; i < ways; i++) {
      String first = id("t");
      line("%s pass", first);
      if (kind.equals("and")) {
        line("%s -> %s", split, first);
      } else if (i == 0) {
        line("%s ?default -> %s", split, first);
      } else {
        line("%s ?%s>%s -> %s", split, "xyz".charAt(random.nextInt(3)), random.nextInt(3), first);
      }
      block(first, join, depth - 1);
    }
    inclusive -= kind.equals("or") ? 1 : 0;
  }

  private void race(String from, String to, int depth) {
    String race = id("g");
    line("%s race", race);
    line("%s -> %s", from, race);
    for (int i = 0; i < 2; i++) {
      String event = id("c");
      line(random.nextInt(3) == 0 ? "%s catch timer" : "%s catch message m%s", event, ids);
      line("%s -> %s", race, event);
      block(event, to, depth - 1);
    }
  }

  private void loop(String from, String to, int depth) {
    String head = id("g");
    String tail = id("g");
    line("%s xor", head);
    line("%s xor", tail);
    line("%s -> %s", from, head);
    String task = id("u");
    line("%s user", task);
    line("%s -> %s", head, task);
    loops++;
    block(task, tail, depth - 1);
    loops--;
    line("%s ?x>1 -> %s", tail, head);
    line("%s ?default -> %s", tail, to);
  }

  private void receive(String from, String to) {
    String task = id("r");
    line("%s receive m%s", task, ids);
    line("%s -> %s -> %s", from, task, to);
    boundaries(task);
  }

  /** Without a gateway: out of a task itself. */
  private void choice(String from, String to, int depth) {
    String task = id("u");
    String join = id("g");
    String way = id("t");
    line("%s user", task);
    line("%s xor", join);
    line("%s pass", way);
    line("%s -> %s", from, task);
    line("%s ?%s>1 -> %s", task, "xyz".charAt(random.nextInt(3)), way);
    line("%s ?default -> %s -> %s", task, join, to);
    block(way, join, depth - 1);
  }

  /** A sub-process that an error ends, sometimes, with others at work in it. */
  private void failing(String from, String to, int depth) {
    String sub = id("p");
    String start = id("s");
    String task = id("u");
    String choice = id("g");
    String end = id("e");
    line("%s sub {", sub);
    line("%s start", start);
    line("%s user", task);
    line("%s xor", choice);
    line("%s end error F", end);
    line("%s -> %s -> %s ?x>1 -> %s", start, task, choice, end);
    String regular = id("e");
    String pass = id("t");
    line("%s end", regular);
    line("%s pass", pass);
    line("%s ?default -> %s", choice, pass);
    block(pass, regular, depth - 1);
    if (random.nextBoolean()) {
      String beside = id("u");
      line("%s user", beside);
      line("%s -> %s", start, beside);
    }
    line("}");
    line("%s -> %s -> %s", from, sub, to);
    line("%s boundary %s error F", id("b"), sub);
    line("%s user", id("u"));
    line("b%s -> u%s", ids - 2, ids - 1);
  }

  private void escalating(String from, String to) {
    String sub = id("p");
    String start = id("s");
    String task = id("u");
    String thrower = id("h");
    String after = id("u");
    line("%s sub {", sub);
    line("%s start", start);
    line("%s user", task);
    line("%s throw escalation G", thrower);
    line("%s user", after);
    line("%s -> %s -> %s -> %s", start, task, thrower, after);
    line("}");
    line("%s -> %s -> %s", from, sub, to);
    line("%s boundary%s %s escalation G", id("b"), random.nextBoolean() ? "" : "!", sub);
    line("%s user", id("u"));
    line("b%s -> u%s", ids - 2, ids - 1);
  }

  private void undoing(String from, String to) {
    String sub = id("p");
    String start = id("s");
    String task = id("u");
    String border = id("b");
    String handler = id("u");
    String thrower = id("h");
    String after = id("u");
    line("%s sub {", sub);
    line("%s start", start);
    line("%s user", task);
    line("%s boundary %s compensate", border, task);
    line("%s handler", handler);
    line("%s undo %s", border, handler);
    line("%s throw compensate", thrower);
    line("%s user", after);
    line("%s -> %s -> %s -> %s", start, task, thrower, after);
    line("}");
    line("%s -> %s -> %s", from, sub, to);
  }

  private void sub(String from, String to, int depth) {
    String sub = id("p");
    line("%s sub {", sub);
    boolean hasEventSub = container(depth - 1);
    line("}");
    line("%s -> %s -> %s", from, sub, to);
    if (random.nextInt(8) == 0) {
      line("%s loop %s 2", sub, random.nextBoolean() ? "parallel" : "sequential");
    }
    if (!hasEventSub) {
      boundaries(sub);
    }
  }
}
