package org.millrace.kernel.state;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.state.Lifecycle.Transition;

/**
 * Where one instance stands. Changed by {@link #apply} alone, and only inside the kernel or a fold;
 * whoever keeps one gets it from a decision and does not change it. Not safe for several threads.
 */
public final class InstanceState {

  /** Where tokens can be together. */
  private record Place(int scope, String element) {}

  private final String id;
  private Head head = Head.NONE;

  /** Ids are given out in order; so one that is not below this is not yet known, not stale. */
  private int nextId;

  private final Rows<Token> tokens = new Rows<>(Token::id);
  private final Index<Token, Integer> tokensByScope = tokens.by(Token::scope);
  private final Index<Token, Place> tokensByPlace =
      tokens.by(token -> new Place(token.scope(), token.element()));

  private final Rows<Scope> scopes = new Rows<>(Scope::id);
  private final Index<Scope, Integer> scopesByToken = scopes.by(Scope::token);

  private final Rows<Wait> waits = new Rows<>(Wait::id);
  private final Index<Wait, Integer> waitsByScope = waits.by(Wait::scope);
  private final Index<Wait, Wait.Kind> waitsByKind = waits.by(Wait::kind);

  private final Rows<Incident> incidents = new Rows<>(Incident::id);
  private final Index<Incident, Integer> incidentsByToken = incidents.by(Incident::token);
  private final Index<Incident, Integer> incidentsByWait = incidents.by(Incident::waitId);

  private InstanceState(String id) {
    this.id = id;
  }

  /** The state before anything happened. */
  public static InstanceState initial(String id) {
    return new InstanceState(id);
  }

  /** All that a state consists of, for whoever stores it and reads it back. */
  public record Parts(
      Status status,
      @Nullable String businessKey,
      int priority,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String reason,
      int nextId,
      List<Token> tokens,
      List<Scope> scopes,
      List<Wait> waits,
      List<Incident> incidents,
      @Nullable String message) {}

  public static InstanceState of(String id, Parts parts) {
    InstanceState state = new InstanceState(id);
    state.head =
        new Head(
            parts.status(),
            parts.businessKey(),
            parts.priority(),
            parts.startedAt(),
            parts.endedAt(),
            parts.reason(),
            parts.message());
    state.nextId = parts.nextId();
    state.tokens.begin(parts.tokens());
    state.scopes.begin(parts.scopes());
    state.waits.begin(parts.waits());
    state.incidents.begin(parts.incidents());
    return state;
  }

  public Parts parts() {
    return new Parts(
        head.status(),
        head.businessKey(),
        head.priority(),
        head.startedAt(),
        head.endedAt(),
        head.reason(),
        nextId,
        List.copyOf(tokens.all()),
        List.copyOf(scopes.all()),
        List.copyOf(waits.all()),
        List.copyOf(incidents.all()),
        head.message());
  }

  public InstanceState copy() {
    return of(id, parts());
  }

  /**
   * Changes the state as the event says.
   *
   * @return which transition this was
   * @throws IllegalStateException if it is none that there is
   */
  public Transition apply(Event event, Instant at) {
    if (head.status().ended()) {
      throw new IllegalStateException(event + " after the end of the instance");
    }
    Subject subject = Subject.of(event, this);
    Phase before = subject.before(this);
    new Evolution(this, at).apply(event);
    return Lifecycle.of(subject.life(), before, event, subject.after(this, event));
  }

  /** How far it has come. */
  public record Mark(int tokens, int scopes, int waits, int incidents, Head head, int nextId) {}

  public Mark mark() {
    return new Mark(tokens.mark(), scopes.mark(), waits.mark(), incidents.mark(), head, nextId);
  }

  /** Takes back all that has been applied since. */
  public void backTo(Mark mark) {
    tokens.backTo(mark.tokens());
    scopes.backTo(mark.scopes());
    waits.backTo(mark.waits());
    incidents.backTo(mark.incidents());
    head = mark.head();
    nextId = mark.nextId();
  }

  // ---- for what evolves it

  Rows<Token> tokenRows() {
    return tokens;
  }

  Rows<Scope> scopeRows() {
    return scopes;
  }

  Rows<Wait> waitRows() {
    return waits;
  }

  Rows<Incident> incidentRows() {
    return incidents;
  }

  Head head() {
    return head;
  }

  void change(Head next) {
    head = next;
  }

  int used(int given) {
    nextId = Math.max(nextId, given + 1);
    return given;
  }

  // ---- what it says

  public String id() {
    return id;
  }

  public Status status() {
    return head.status();
  }

  public @Nullable String businessKey() {
    return head.businessKey();
  }

  public int priority() {
    return head.priority();
  }

  public @Nullable Instant startedAt() {
    return head.startedAt();
  }

  public @Nullable Instant endedAt() {
    return head.endedAt();
  }

  public @Nullable String reason() {
    return head.reason();
  }

  /** What was said with the error that the {@link #reason} is the code of. */
  public @Nullable String message() {
    return head.message();
  }

  public int nextId() {
    return nextId;
  }

  public Collection<Token> tokens() {
    return tokens.all();
  }

  /** Where it stands: all tokens but those that only hold a scope in which others are. */
  public List<Token> resting() {
    Set<Integer> holders = new HashSet<>();
    for (Token token : tokens.all()) {
      holders.add(scope(token.scope()).token());
    }
    return tokens.all().stream().filter(token -> !holders.contains(token.id())).toList();
  }

  public Collection<Scope> scopes() {
    return scopes.all();
  }

  public Collection<Wait> waits() {
    return waits.all();
  }

  public Collection<Incident> incidents() {
    return incidents.all();
  }

  /** The tokens directly in a scope, in the order in which they came into being. */
  public List<Token> tokensIn(int scope) {
    return tokensByScope.all(scope);
  }

  /** The tokens on an element in one scope, in the order in which they came into being. */
  public List<Token> tokensAt(String element, int scope) {
    return tokensByPlace.all(new Place(scope, element));
  }

  /** How many tokens are on an element in one scope. */
  public int countAt(String element, int scope) {
    return tokensByPlace.count(new Place(scope, element));
  }

  /** Whether no token is directly in a scope. */
  public boolean isEmpty(int scope) {
    return !tokensByScope.has(scope);
  }

  /** What a scope itself waits for, in the order in which it began to. */
  public List<Wait> waitsOf(int scope) {
    return waitsByScope.all(scope);
  }

  public List<Wait> waitsOf(Wait.Kind kind) {
    return waitsByKind.all(kind);
  }

  /** The scope that a token holds, null if it holds none. */
  public @Nullable Scope heldBy(int token) {
    return scopesByToken.first(token);
  }

  /** The incidents that stand on a token, or on what its scope waits for. */
  public List<Incident> incidentsOf(int token) {
    return incidentsByToken.all(token);
  }

  public List<Incident> incidentsAt(int wait) {
    return incidentsByWait.all(wait);
  }

  /** The incident on a token itself: it cannot begin, or not go on from, its element. */
  public @Nullable Incident incidentOn(int token) {
    for (Incident incident : incidentsOf(token)) {
      if (incident.waitId() == Scope.NONE) {
        return incident;
      }
    }
    return null;
  }

  /** Whether a scope keeps a compensation of this id. */
  boolean keeps(int scope, int compensation) {
    if (compensation < nextId) {
      List<Compensation> kept = scope(scope).compensations();
      for (int i = kept.size() - 1; i >= 0; i--) {
        if (kept.get(i).id() == compensation) {
          return true;
        }
      }
    }
    return false;
  }

  public @Nullable Wait findWait(int id) {
    return waits.get(id);
  }

  public @Nullable Incident findIncident(int id) {
    return incidents.get(id);
  }

  public @Nullable Token findToken(int id) {
    return tokens.get(id);
  }

  public @Nullable Scope findScope(int id) {
    return scopes.get(id);
  }

  public Token token(int id) {
    return there(tokens.get(id), "token", id);
  }

  public Scope scope(int id) {
    return there(scopes.get(id), "scope", id);
  }

  public Wait wait(int id) {
    return there(waits.get(id), "wait", id);
  }

  Incident incident(int id) {
    return there(incidents.get(id), "incident", id);
  }

  private static <T> T there(@Nullable T row, String kind, int id) {
    if (row == null) {
      throw new IllegalStateException("there is no %s %d".formatted(kind, id));
    }
    return row;
  }

  /** The instance's own variables: those of its root scope. */
  public Map<String, Object> variables() {
    Scope root = scopes.get(Scope.ROOT);
    return root == null ? Map.of() : root.variables();
  }

  /** The variables that are seen from a scope: an inner one hides an outer one of its name. */
  public Map<String, Object> visibleFrom(int scopeId) {
    Scope scope = scope(scopeId);
    if (scope.parent() == Scope.NONE) {
      return Collections.unmodifiableMap(scope.variables());
    }
    Map<String, Object> own = scope.visible();
    if (own.isEmpty()) {
      return visibleFrom(scope.parent());
    }
    Map<String, Object> visible = new LinkedHashMap<>(visibleFrom(scope.parent()));
    visible.putAll(own);
    return Collections.unmodifiableMap(visible);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof InstanceState that
        && id.equals(that.id)
        && parts().equals(that.parts());
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "InstanceState[" + id + " " + parts() + "]";
  }
}
