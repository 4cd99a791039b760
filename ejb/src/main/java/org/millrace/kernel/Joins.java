package org.millrace.kernel;

import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.Join;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Expression.EvaluationException;
import org.millrace.kernel.graph.Paths;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/**
 * Which tokens have come to a gateway, and which are still on their way to it. A token in an inner
 * scope is where its sub-process is.
 */
public record Joins(Step step) {

  /** The oldest token from each incoming flow that has brought one. */
  public Map<String, Token> arrived(Element gateway, int scope) {
    Map<String, Token> arrived = new LinkedHashMap<>();
    for (Token token : step.tokensAt(gateway.id(), scope)) {
      if (waits(token)) {
        arrived.putIfAbsent(String.valueOf(token.flow()), token);
      }
    }
    return arrived;
  }

  /** Rather than stay with a scope of its own, or stand because it cannot go on. */
  private boolean waits(Token token) {
    return step.scopes().heldBy(token) == null && !step.incidents().standsLeaving(token);
  }

  /** The scope that a token holds at a gateway, null if there is none. */
  public @Nullable Scope held(Element gateway, int scope) {
    for (Token token : step.tokensAt(gateway.id(), scope)) {
      Scope held = step.scopes().heldBy(token);
      if (held != null) {
        return held;
      }
    }
    return null;
  }

  /**
   * Whether a gateway's condition holds for the tokens that have come.
   *
   * @throws EvaluationException if it is neither true nor false
   */
  public boolean activates(Expression condition, Element gateway, int scope) {
    Map<String, Object> seen = new HashMap<>(step.state().visibleFrom(scope));
    gateway.node().incoming().forEach(flow -> seen.put(flow, 0L));
    long count = 0;
    for (Token token : step.tokensAt(gateway.id(), scope)) {
      if (waits(token)) {
        count++;
        seen.merge(String.valueOf(token.flow()), 1L, (some, one) -> (Long) some + (Long) one);
      }
    }
    seen.put("activationCount", count);
    if (condition.evaluate(seen, step.now()) instanceof Boolean holds) {
      return holds && count > 0;
    }
    throw new EvaluationException(
        "the activation condition \"%s\" of \"%s\" is neither true nor false"
            .formatted(condition.source(), gateway.node().label()));
  }

  /** Has the first of these tokens go on for all of them. */
  public Token merge(Collection<Token> arrived) {
    Iterator<Token> tokens = arrived.iterator();
    Token first = tokens.next();
    tokens.forEachRemaining(step::absorb);
    return first;
  }

  /**
   * Whether a token that is elsewhere can still come by an incoming flow that is not served, and
   * has no way to come by one that is. What an activity's boundary event would send counts as a
   * token of its own, which is where the event is.
   */
  public boolean expectsMore(Element gateway, int scope, Set<String> served) {
    List<String> incoming = gateway.node().incoming();
    if (served.containsAll(incoming)) {
      return false;
    }
    List<Token> onTheirWay =
        step.state().tokensIn(scope).stream().filter(token -> isOnItsWay(token, gateway)).toList();
    if (onTheirWay.isEmpty()) {
      return false;
    }
    Paths unserved =
        Paths.to(step.graph(), gateway, flow -> !served.contains(flow), Paths.Over.ALL);
    Paths others = Paths.to(step.graph(), gateway, served::contains, Paths.Over.FLOWS);
    return onTheirWay.stream().anyMatch(token -> expects(token, unserved, others));
  }

  private boolean isOnItsWay(Token token, Element gateway) {
    return token.element().equals(gateway.id())
        ? step.incidents().standsLeaving(token)
        : !isReset(token);
  }

  private boolean expects(Token token, Paths unserved, Paths others) {
    boolean leaves = step.incidents().standsLeaving(token);
    return expects(step.graph().element(token.element()), unserved, others)
        || (!leaves
            && step.graph().boundaries(token.element()).stream()
                .anyMatch(event -> expects(event, unserved, others)));
  }

  private static boolean expects(Element from, Paths unserved, Paths others) {
    return unserved.leadFrom(from.node()) && !others.leadFrom(from.node());
  }

  /** Whether it is no token on its way, but the memory of a complex gateway. */
  private boolean isReset(Token token) {
    return step.graph().element(token.element()) instanceof Join
        && step.scopes().heldBy(token) != null;
  }
}
