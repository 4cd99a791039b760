package org.millrace.kernel;

import static org.millrace.kernel.Expressions.value;
import static org.millrace.kernel.TestProcess.message;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A random process without any block structure: splits need no joins and joins no splits. Only from
 * an element that waits do flows lead back, so that no circle is without a wait.
 *
 * @param kinds what each element is, in order
 * @param ways the flows: source, target and what else is to be chosen about them
 * @param within what is in its sub-processes, null for none
 */
record FreeForm(List<Kind> kinds, List<Way> ways, FreeForm within) {

  enum Kind {
    SERVICE,
    MESSAGE,
    PASS,
    EXCLUSIVE,
    PARALLEL,
    INCLUSIVE,
    SUB,
    GUARDED,
    OBSERVED,
    TERMINATE;

    /** A sub-process may be through without a wait. */
    boolean waits() {
      return this == SERVICE || this == MESSAGE;
    }

    boolean chooses() {
      return this == EXCLUSIVE || this == INCLUSIVE;
    }
  }

  record Way(int source, int target, boolean open) {}

  TestProcess draw() {
    TestProcess process = TestProcess.process();
    draw(process, "");
    return process;
  }

  private void draw(TestProcess process, String prefix) {
    Set<String> flows = new HashSet<>();
    Set<Integer> sources = new HashSet<>();
    process.start(prefix + "start").to(prefix + 0).from(null);
    for (int i = 1; i < kinds.size(); i++) {
      Way way = ways.get(i % ways.size());
      flow(process, prefix, new Way(way.source() % i, i, way.open()), flows, sources);
    }
    for (Way way : ways) {
      int source = way.source() % kinds.size();
      int target = way.target() % kinds.size();
      if (source < target || kinds.get(source).waits()) {
        flow(process, prefix, new Way(source, target, way.open()), flows, sources);
      }
    }
    for (int i = 0; i < kinds.size(); i++) {
      element(process, prefix, i, sources.contains(i));
    }
  }

  /** The first flow out of what chooses is the default. */
  private void flow(
      TestProcess process, String prefix, Way way, Set<String> flows, Set<Integer> sources) {
    String source = prefix + way.source();
    String target = prefix + way.target();
    if (!flows.add(source + "-" + target)) {
      return;
    }
    boolean isFirst = sources.add(way.source());
    if (!kinds.get(way.source()).chooses()) {
      process.flow(source, target);
    } else if (isFirst) {
      process.defaultFlow(source, target);
    } else {
      process.flow(source, target, value(way.open()));
    }
  }

  private void element(TestProcess process, String prefix, int index, boolean goesOn) {
    String id = prefix + index;
    process.from(null);
    switch (kinds.get(index)) {
      case SERVICE -> process.service(id);
      case MESSAGE -> process.catching(id, message("m"));
      case PASS -> process.pass(id);
      case EXCLUSIVE, INCLUSIVE, PARALLEL -> gateway(process, id, kinds.get(index), goesOn);
      case SUB, GUARDED, OBSERVED -> activity(process, id, index);
      case TERMINATE -> {
        if (goesOn) {
          process.service(id);
        } else {
          process.end(id, TestProcess.terminate());
        }
      }
    }
    process.from(null);
  }

  private static void gateway(TestProcess process, String id, Kind kind, boolean goesOn) {
    if (!goesOn) {
      process.end(id);
    } else if (kind == Kind.EXCLUSIVE) {
      process.exclusive(id);
    } else if (kind == Kind.INCLUSIVE) {
      process.inclusive(id);
    } else {
      process.parallel(id);
    }
  }

  private void activity(TestProcess process, String id, int index) {
    if (within == null) {
      process.service(id);
    } else {
      process.sub(id, in -> within.draw(in, id + "."));
    }
    process.from(null);
    int target = ways.get(index % ways.size()).target() % kinds.size();
    String boundary = id + "!";
    String to = id.substring(0, id.lastIndexOf('.') + 1) + target;
    if (kinds.get(index) == Kind.GUARDED) {
      process.boundary(boundary, id, message("b")).to(to);
    } else if (kinds.get(index) == Kind.OBSERVED) {
      process.nonInterrupting(boundary, id, message("b")).to(to);
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (var element : draw().build().elements()) {
      text.append('\n').append(element.node().type()).append(' ').append(element.id());
      element
          .node()
          .outgoing()
          .forEach(
              flow ->
                  text.append(" ->")
                      .append(flow.target())
                      .append(flow.condition() == null ? "" : "?" + flow.condition().source()));
    }
    return text.toString();
  }
}
