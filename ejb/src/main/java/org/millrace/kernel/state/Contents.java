package org.millrace.kernel.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens and waits lie in each scope, and which scope each token holds. It says nothing that
 * the state does not say; it spares looking through all of that.
 */
final class Contents {

  private final Map<Integer, Set<Integer>> tokens = new HashMap<>();
  private final Map<Integer, Set<Integer>> waits = new HashMap<>();
  private final Map<Integer, Integer> held = new HashMap<>();

  Contents(Collection<Token> tokens, Collection<Scope> scopes, Collection<Wait> waits) {
    tokens.forEach(this::add);
    scopes.forEach(this::add);
    waits.forEach(this::add);
  }

  void add(Token token) {
    tokens.computeIfAbsent(token.scope(), scope -> new LinkedHashSet<>()).add(token.id());
  }

  void add(Scope scope) {
    held.put(scope.token(), scope.id());
  }

  void add(Wait wait) {
    waits.computeIfAbsent(wait.scope(), scope -> new LinkedHashSet<>()).add(wait.id());
  }

  void remove(Token token) {
    remove(tokens, token.scope(), token.id());
  }

  void remove(Scope scope) {
    held.remove(scope.token(), scope.id());
  }

  void remove(Wait wait) {
    remove(waits, wait.scope(), wait.id());
  }

  private static void remove(Map<Integer, Set<Integer>> from, int scope, int id) {
    Set<Integer> ids = from.get(scope);
    if (ids != null && ids.remove(id) && ids.isEmpty()) {
      from.remove(scope);
    }
  }

  boolean hasTokens(int scope) {
    return tokens.containsKey(scope);
  }

  List<Integer> tokens(int scope) {
    return new ArrayList<>(tokens.getOrDefault(scope, Set.of()));
  }

  List<Integer> waits(int scope) {
    return new ArrayList<>(waits.getOrDefault(scope, Set.of()));
  }

  @Nullable Integer heldBy(int token) {
    return held.get(token);
  }
}
