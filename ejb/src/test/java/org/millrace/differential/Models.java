package org.millrace.differential;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Models, each for something that engines are known to do differently. What Operaton or Flowable do
 * not as BPMN has it is left out, for the one or for both: see docs/foreign-models.md.
 */
final class Models {

  private static final Map<String, String> ALL = new LinkedHashMap<>();

  private static final Pattern NOT_FOR_FLOWABLE =
      Pattern.compile("compensat|link|interrupts nothing$|event sub-process goes out|is cancelled");

  private Models() {}

  static List<Match> of(Oracle oracle) {
    return ALL.entrySet().stream()
        .filter(
            model -> oracle != Oracle.FLOWABLE || !NOT_FOR_FLOWABLE.matcher(model.getKey()).find())
        .map(model -> new Match(oracle, model.getKey(), Model.content(model.getValue())))
        .toList();
  }

  private static void add(String name, String notation) {
    ALL.put(name, notation);
  }

  static {
    add("one task", "s start\na user\ne end\ns -> a -> e");
    add(
        "uncontrolled split and merge",
        "s start\na user\nb user\nc user\ne end\ns -> a -> c -> e\ns -> b -> c");
    add(
        "a flow with a condition out of a task",
        "s start\na user\nb user\nc user\ns -> a\na ?x>1 -> b\na ?default -> c");
    add(
        "conditions out of a task, several hold",
        "s start\na user\nb user\nc user\nd user\ns -> a\na ?x>=0 -> b\na ?y>=0 -> c\na ?default -> d");
    add(
        "an exclusive gateway without condition on one flow",
        "s start\ng xor\nb user\nc user\ns -> g\ng ?x>1 -> b\ng -> c");
    add("a task without an end", "s start\na user\ns -> a");
    add(
        "parallel join, one branch ends",
        "s start\nf and\nj and\na user\nb user\ne end\ne2 end\ng xor\ns -> f -> a -> g\ng ?default -> j\ng ?x>1 -> e2\nf -> b -> j -> e");
    add(
        "inclusive split and parallel join",
        "s start\nf or\nj and\na user\nb user\ne end\ns -> f ?x>=0 -> a -> j -> e\nf ?y>=0 -> b -> j\nf ?default -> e");
    add(
        "terminate in a sub-process",
        "s start\np sub {\ns1 start\nf and\na user\nb user\nt end terminate\ne1 end\ns1 -> f -> a -> t\nf -> b -> e1\n}\nc user\ne end\ns -> p -> c -> e");
    add(
        "error end caught on the sub-process",
        "s start\np sub {\ns1 start\na user\nx1 end error E\ns1 -> a -> x1\n}\nb boundary p error E\nc user\nd user\ns -> p -> c\nb -> d");
    add(
        "error from work",
        "s start\nerr1 work\nb boundary err1 error E\nc user\nd user\ns -> err1 -> c\nb -> d");
    add(
        "error caught by any",
        "s start\nerr1 work\nb boundary err1 error\nd user\nc user\ns -> err1 -> c\nb -> d");
    add(
        "error event sub-process",
        "s start\nerr1 work\nc user\ns -> err1 -> c\nes eventsub {\ns1 start error E\nd user\ne1 end\ns1 -> d -> e1\n}");
    add(
        "error in the event sub-process goes out",
        "s start\np sub {\ns2 start\nerr1 work\ns2 -> err1\nes eventsub {\ns1 start error E\nerr2 work\ne1 end\ns1 -> err2 -> e1\n}\n}\nc user\nb boundary p error E\nd user\ns -> p -> c\nb -> d");
    add(
        "interrupting message event sub-process",
        "s start\na user\nb user\nf and\ns -> f -> a\nf -> b\nes eventsub {\ns1 start message m\nd user\ns1 -> d\n}");
    add(
        "event sub-process that interrupts nothing",
        "s start\na user\ns -> a\nes eventsub {\ns1 start! message m\nd user\ns1 -> d\n}");
    add(
        "event sub-process in a sub-process",
        "s start\np sub {\ns2 start\na user\ns2 -> a\nes eventsub {\ns1 start message m\nd user\ns1 -> d\n}\n}\nc user\ns -> p -> c");
    add(
        "boundary that interrupts nothing, twice",
        "s start\na user\nb boundary! a message m\nd user\ne end\ns -> a -> e\nb -> d");
    add(
        "boundary timer cycle",
        "s start\na user\nb boundary! a cycle\nd user\ne end\ns -> a -> e\nb -> d");
    add("receive task", "s start\nr receive m\na user\ns -> r -> a");
    add(
        "race",
        "s start\ng race\nc1 catch message m\nc2 catch timer\na user\nb user\ns -> g -> c1 -> a\ng -> c2 -> b");
    add(
        "parallel multi-instance of a user task",
        "s start\na user\na loop parallel 3\nb user\ns -> a -> b");
    add(
        "sequential multi-instance of work",
        "s start\na work\na loop sequential 3\nb user\ns -> a -> b");
    add(
        "multi-instance of a sub-process",
        "s start\np sub {\ns1 start\na user\nb user\ns1 -> a -> b\n}\np loop parallel 2\nc user\ns -> p -> c");
    add(
        "boundary on a multi-instance",
        "s start\na user\na loop parallel 2\nb boundary a message m\nc user\nd user\ns -> a -> c\nb -> d");
    add(
        "error in a multi-instance sub-process",
        "s start\np sub {\ns1 start\nerr1 work\ns1 -> err1\n}\np loop parallel 2\nb boundary p error E\nc user\nd user\ns -> p -> c\nb -> d");
    add("multi-instance of nothing", "s start\na user\na loop parallel 0\nb user\ns -> a -> b");
    add(
        "compensation of one",
        "s start\na user\nu boundary a compensate\nh handler\nu undo h\nt throw compensate\nb user\ns -> a -> t -> b");
    add(
        "compensation of two, in which order",
        "s start\na user\nb user\nu1 boundary a compensate\nu2 boundary b compensate\nh1 handler\nh2 handler\nu1 undo h1\nu2 undo h2\nt throw compensate\nc user\ns -> a -> b -> t -> c");
    add(
        "compensation of one named",
        "s start\na user\nb user\nu1 boundary a compensate\nu2 boundary b compensate\nh1 handler\nh2 handler\nu1 undo h1\nu2 undo h2\nt throw compensate a\nc user\ns -> a -> b -> t -> c");
    add(
        "compensation of a sub-process",
        "s start\np sub {\ns1 start\na user\nu boundary a compensate\nh handler\nu undo h\ns1 -> a\n}\nt throw compensate\nc user\ns -> p -> t -> c");
    add(
        "compensation at the end",
        "s start\na user\nu boundary a compensate\nh handler\nu undo h\nt end compensate\ns -> a -> t");
    add(
        "compensation of what did not happen",
        "s start\na user\nu boundary a compensate\nh handler\nu undo h\nt throw compensate\nb user\ns -> t -> b -> a");
    add(
        "error event sub-process beside a boundary",
        "s start\np sub {\ns2 start\nerr1 work\ns2 -> err1\nes eventsub {\ns1 start error E\nd user\ns1 -> d\n}\n}\nb boundary p error E\nc user\nk user\ns -> p -> c\nb -> k");
    add(
        "nested sub-processes and terminate at the top",
        "s start\nf and\np sub {\ns1 start\nq sub {\ns2 start\na user\ns2 -> a\n}\ns1 -> q\n}\nb user\nt end terminate\ns -> f -> p\nf -> b -> t");
    add(
        "signal start of an event sub-process",
        "s start\na user\ns -> a\nes eventsub {\ns1 start signal g\nd user\ns1 -> d\n}");
    add(
        "signal thrown and caught beside",
        "s start\nf and\nc catch signal g\nt throw signal g\na user\nb user\nd user\ns -> f -> c -> a\nf -> d -> t -> b");
    add("signal boundary", "s start\na user\nb boundary a signal g\nc user\ns -> a\nb -> c");
    add(
        "escalation out of a sub-process",
        "s start\np sub {\ns1 start\na user\nt throw escalation U\nk user\ns1 -> a -> t -> k\n}\nb boundary! p escalation U\nc user\nd user\ns -> p -> c\nb -> d");
    add(
        "escalation that interrupts",
        "s start\np sub {\ns1 start\na user\nt throw escalation U\nk user\ns1 -> a -> t -> k\n}\nb boundary p escalation U\nc user\nd user\ns -> p -> c\nb -> d");
    add(
        "escalation that nobody catches",
        "s start\na user\nt throw escalation U\nb user\ns -> a -> t -> b");
    add(
        "escalation event sub-process",
        "s start\na user\nt throw escalation U\nb user\ns -> a -> t -> b\nes eventsub {\ns1 start! escalation U\nd user\ns1 -> d\n}");
    add("link", "s start\na user\nt throw link L\nc catch link L\nb user\ns -> a -> t\nc -> b");
    add(
        "transaction that is cancelled",
        "s start\np transaction {\ns1 start\na user\nu boundary a compensate\nh handler\nu undo h\nx1 end cancel\ns1 -> a -> x1\n}\nb boundary p cancel\nc user\nd user\ns -> p -> c\nb -> d");
    add(
        "a result variable decides",
        "s start\nv set r x+1\ng xor\na user\nb user\ns -> v -> g ?r>2 -> a\ng ?default -> b");
  }
}
