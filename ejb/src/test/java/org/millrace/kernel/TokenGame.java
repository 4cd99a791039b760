package org.millrace.kernel;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.graph.Flow;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.graph.ProcessGraph;

/**
 * What BPMN 2.0.2 chapter 13 says, written down once more: simple rather than fast, and with
 * nothing of the kernel's but the graph. Tokens are on sequence flows or in activities; what is
 * enabled fires until nothing is. Conditions are constants here.
 */
final class TokenGame {

  private static final int ROOT = 0;

  /** More joins ready at the same time than this many orders are no test of anything. */
  private static final int MAX_OUTCOMES = 200;

  private static final Set<String> WAITING =
      Set.of("serviceTask", "userTask", "receiveTask", "intermediateCatchEvent");

  /**
   * One token.
   *
   * @param frame the token in whose sub-process it is, or {@link #ROOT}
   * @param flow the flow that it is on; null for one that is in a node
   */
  private record Token(int id, int frame, Flow flow, String node) {}

  private final ProcessGraph graph;
  private final List<Token> tokens = new ArrayList<>();
  private int lastId = ROOT;
  private boolean ended;

  private TokenGame(ProcessGraph graph) {
    this.graph = graph;
  }

  private TokenGame copy() {
    TokenGame copy = new TokenGame(graph);
    copy.tokens.addAll(tokens);
    copy.lastId = lastId;
    copy.ended = ended;
    return copy;
  }

  /**
   * All that may come of a start: more than one where two joins are ready at the same time; none
   * where that is too much to say.
   */
  static List<TokenGame> started(ProcessGraph graph) {
    TokenGame game = new TokenGame(graph);
    game.begin(ROOT, graph.id());
    return game.settled();
  }

  /** All that may come of what this element waits for; none where that is too much to say. */
  static List<TokenGame> answered(List<TokenGame> games, String element) {
    Map<String, TokenGame> outcomes = new HashMap<>();
    for (TokenGame game : games) {
      List<TokenGame> some = game.answered(element);
      if (some.isEmpty()) {
        return List.of();
      }
      some.forEach(one -> outcomes.put(one.inside(ROOT, ""), one));
    }
    return List.copyOf(outcomes.values());
  }

  private List<TokenGame> answered(String element) {
    TokenGame next = copy();
    Element answered = graph.element(element);
    if (answered instanceof BoundaryEvent boundary) {
      Token host = next.in(boundary.attachedTo());
      if (boundary.interrupting()) {
        next.remove(host);
      }
      next.send(host.frame(), boundary.node());
      next.endIfEmpty(host.frame());
    } else {
      next.leave(next.in(element));
    }
    return next.settled();
  }

  boolean ended() {
    return ended;
  }

  /** The elements that wait, in order of their names, as often as they do. */
  List<String> waits() {
    List<String> waits = new ArrayList<>();
    for (Token token : tokens) {
      if (token.flow() == null) {
        if (WAITING.contains(node(token.node()).type())) {
          waits.add(token.node());
        }
        graph.boundaries(token.node()).forEach(boundary -> waits.add(boundary.id()));
      }
    }
    waits.sort(null);
    return waits;
  }

  /** The elements that wait in one place alone, so that a name says which wait is meant. */
  List<String> unambiguous() {
    return new TreeSet<>(waits())
        .stream()
            .filter(
                element -> {
                  String node =
                      graph.element(element) instanceof BoundaryEvent boundary
                          ? boundary.attachedTo()
                          : element;
                  return tokens.stream().filter(token -> node.equals(token.node())).count() == 1;
                })
            .toList();
  }

  // ---- the rules

  private List<TokenGame> settled() {
    Map<String, TokenGame> outcomes = new HashMap<>();
    Set<String> seen = new HashSet<>();
    Deque<TokenGame> open = new ArrayDeque<>(List.of(this));
    while (!open.isEmpty() && seen.size() <= MAX_OUTCOMES) {
      TokenGame game = open.remove();
      game.fireAll();
      if (seen.add(game.inside(ROOT, ""))) {
        List<Token> ready = game.ended ? List.of() : game.readyJoins();
        if (ready.isEmpty()) {
          outcomes.put(game.inside(ROOT, ""), game);
        }
        for (Token one : ready) {
          TokenGame next = game.copy();
          next.join(one);
          open.add(next);
        }
      }
    }
    return open.isEmpty() ? List.copyOf(outcomes.values()) : List.of();
  }

  private void fireAll() {
    while (!ended) {
      Token free = first(token -> token.flow() != null && isEnabled(token));
      if (free == null) {
        return;
      }
      fire(free);
    }
  }

  private List<Token> readyJoins() {
    List<Token> ready = new ArrayList<>();
    Set<List<Object>> joins = new HashSet<>();
    for (Token token : tokens) {
      if (token.flow() != null
          && target(token).type().equals("inclusiveGateway")
          && joins.add(List.of(token.frame(), token.flow().target()))
          && !expectsMore(token.frame(), target(token))) {
        ready.add(token);
      }
    }
    return ready;
  }

  /** Where all tokens are, whatever their ids. */
  private String inside(int frame, String around) {
    return inside(frame).stream()
        .map(
            token ->
                token.flow() == null
                    ? token.node() + inside(token.id(), token.node())
                    : token.flow().id())
        .sorted()
        .collect(Collectors.joining(",", around + "(", ")"));
  }

  /** Section 13.4: an inclusive gateway is asked only when nothing else is enabled. */
  private boolean isEnabled(Token token) {
    Node target = target(token);
    return switch (target.type()) {
      case "inclusiveGateway" -> false;
      case "parallelGateway" ->
          target.incoming().stream().allMatch(flow -> on(token.frame(), flow) != null);
      default -> true;
    };
  }

  private void fire(Token token) {
    Node target = target(token);
    switch (target.type()) {
      case "parallelGateway" -> join(token);
      case "exclusiveGateway" -> {
        tokens.remove(token);
        Flow way =
            target.outgoing().stream()
                .filter(flow -> !isDefault(target, flow) && holds(flow))
                .findFirst()
                .orElseGet(() -> byDefault(target));
        put(token.frame(), way);
      }
      case "subProcess" -> begin(enter(token).id(), target.id());
      case "endEvent" -> {
        tokens.remove(token);
        if (graph.element(target.id()).definition() instanceof EventDefinition.Terminate) {
          inside(token.frame()).forEach(this::remove);
        }
        endIfEmpty(token.frame());
      }
      default -> {
        Token inside = enter(token);
        if (!WAITING.contains(target.type())) {
          leave(inside);
        }
      }
    }
  }

  /** Takes one token from each incoming flow that has one. */
  private void join(Token any) {
    Node gateway = target(any);
    for (String flow : gateway.incoming()) {
      tokens.remove(on(any.frame(), flow));
    }
    send(any.frame(), gateway);
    endIfEmpty(any.frame());
  }

  /** Sections 13.3.3 and 13.4.3: by each flow whose condition holds, else by the default. */
  private void send(int frame, Node node) {
    List<Flow> open =
        node.outgoing().stream().filter(flow -> !isDefault(node, flow) && holds(flow)).toList();
    if (open.isEmpty() && !node.outgoing().isEmpty()) {
      open = List.of(byDefault(node));
    }
    open.forEach(flow -> put(frame, flow));
  }

  private void begin(int frame, String container) {
    graph.starts(container).forEach(start -> send(frame, start.node()));
  }

  private void leave(Token token) {
    tokens.remove(token);
    send(token.frame(), node(token.node()));
    endIfEmpty(token.frame());
  }

  private void endIfEmpty(int frame) {
    if (!inside(frame).isEmpty()) {
      return;
    }
    if (frame == ROOT) {
      ended = true;
    } else {
      Token holder = first(token -> token.id() == frame);
      if (holder != null) {
        leave(holder);
      }
    }
  }

  private void remove(Token token) {
    inside(token.id()).forEach(this::remove);
    tokens.remove(token);
  }

  /** Section 13.4.3, word by word; what a boundary event would send is a token where that is. */
  private boolean expectsMore(int frame, Node gateway) {
    Set<String> filled = new HashSet<>();
    gateway.incoming().stream().filter(flow -> on(frame, flow) != null).forEach(filled::add);
    for (Token token : inside(frame)) {
      if (token.flow() == null) {
        if (blocks(node(token.node()).outgoing(), gateway, filled)) {
          return true;
        }
        for (BoundaryEvent boundary : graph.boundaries(token.node())) {
          if (blocks(boundary.node().outgoing(), gateway, filled)) {
            return true;
          }
        }
      } else if (!token.flow().target().equals(gateway.id())
          && blocks(List.of(token.flow()), gateway, filled)) {
        return true;
      }
    }
    return false;
  }

  private boolean blocks(List<Flow> starts, Node gateway, Set<String> filled) {
    return leads(starts, gateway, flow -> !filled.contains(flow), true)
        && !leads(starts, gateway, filled::contains, false);
  }

  /** Whether a path begins with one of these flows and ends with such a flow into the gateway. */
  private boolean leads(
      List<Flow> starts, Node gateway, Predicate<String> last, boolean overBoundaries) {
    Deque<Flow> open = new ArrayDeque<>(starts);
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Flow flow = open.remove();
      if (!seen.add(flow.id())) {
        continue;
      }
      if (flow.target().equals(gateway.id())) {
        if (last.test(flow.id())) {
          return true;
        }
      } else {
        open.addAll(node(flow.target()).outgoing());
        if (overBoundaries) {
          graph.boundaries(flow.target()).forEach(one -> open.addAll(one.node().outgoing()));
        }
      }
    }
    return false;
  }

  // ---- tokens

  private Token enter(Token token) {
    Token inside = new Token(token.id(), token.frame(), null, token.flow().target());
    tokens.set(tokens.indexOf(token), inside);
    return inside;
  }

  private void put(int frame, Flow flow) {
    tokens.add(new Token(++lastId, frame, flow, null));
  }

  private Token in(String node) {
    return first(token -> node.equals(token.node()));
  }

  private Token on(int frame, String flow) {
    return first(
        token -> token.frame() == frame && token.flow() != null && token.flow().id().equals(flow));
  }

  private List<Token> inside(int frame) {
    return tokens.stream().filter(token -> token.frame() == frame).toList();
  }

  private Token first(Predicate<Token> wanted) {
    return tokens.stream().filter(wanted).findFirst().orElse(null);
  }

  private Node target(Token token) {
    return node(token.flow().target());
  }

  private Node node(String id) {
    return graph.element(id).node();
  }

  private static boolean holds(Flow flow) {
    return flow.condition() == null
        || flow.condition().evaluate(Map.of(), Instant.EPOCH).equals(true);
  }

  private static boolean isDefault(Node node, Flow flow) {
    return flow.id().equals(node.defaultFlow());
  }

  private static Flow byDefault(Node node) {
    return node.outgoing().stream().filter(flow -> isDefault(node, flow)).findFirst().orElseThrow();
  }

  @Override
  public String toString() {
    return tokens.toString();
  }
}
