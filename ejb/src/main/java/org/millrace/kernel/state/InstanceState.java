package org.millrace.kernel.state;

import static java.util.Objects.requireNonNull;

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

/**
 * Where one instance stands. Changed by {@link #apply} alone, and only inside the kernel or a fold;
 * whoever keeps one gets it from a decision and does not change it. Not safe for several threads.
 */
public final class InstanceState {

  private final String id;
  private Status status = Status.RUNNING;
  private @Nullable String businessKey;
  private int priority;
  private @Nullable Instant startedAt;
  private @Nullable Instant endedAt;
  private @Nullable String reason;

  /** Ids are given out in order; so one that is not below this is not yet known, not stale. */
  private int nextId;

  private final Map<Integer, Token> tokens = new LinkedHashMap<>();
  private final Map<Integer, Scope> scopes = new LinkedHashMap<>();
  private final Map<Integer, Wait> waits = new LinkedHashMap<>();
  private final Map<Integer, Incident> incidents = new LinkedHashMap<>();

  /** Made when it is first asked for: most copies are never asked. */
  private @Nullable Contents contents;

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
      List<Incident> incidents) {}

  public static InstanceState of(String id, Parts parts) {
    InstanceState state = new InstanceState(id);
    state.status = parts.status();
    state.businessKey = parts.businessKey();
    state.priority = parts.priority();
    state.startedAt = parts.startedAt();
    state.endedAt = parts.endedAt();
    state.reason = parts.reason();
    state.nextId = parts.nextId();
    parts.tokens().forEach(token -> state.tokens.put(token.id(), token));
    parts.scopes().forEach(scope -> state.scopes.put(scope.id(), scope));
    parts.waits().forEach(wait -> state.waits.put(wait.id(), wait));
    parts.incidents().forEach(incident -> state.incidents.put(incident.id(), incident));
    return state;
  }

  public Parts parts() {
    return new Parts(
        status,
        businessKey,
        priority,
        startedAt,
        endedAt,
        reason,
        nextId,
        List.copyOf(tokens.values()),
        List.copyOf(scopes.values()),
        List.copyOf(waits.values()),
        List.copyOf(incidents.values()));
  }

  public InstanceState copy() {
    return of(id, parts());
  }

  /** Changes the state as the event says. */
  public void apply(Event event, Instant at) {
    if (event instanceof Event.Started started) {
      businessKey = started.businessKey();
      priority = started.priority();
      startedAt = at;
      put(new Scope(used(Scope.ROOT), Scope.NONE, Scope.NONE, "", started.variables(), List.of()));
    } else if (event instanceof Event.TokenCreated created) {
      create(created, at);
    } else if (event instanceof Event.TokenMoved moved) {
      Token token = token(moved.token());
      put(new Token(token.id(), token.scope(), moved.element(), moved.flow(), at));
    } else if (event instanceof Event.TokenConsumed consumed) {
      removeToken(consumed.token());
    } else if (event instanceof Event.TokenCancelled cancelled) {
      removeToken(cancelled.token());
    } else if (event instanceof Event.ScopeOpened opened) {
      open(opened);
    } else if (event instanceof Event.ScopeClosed closed) {
      Scope scope = scopes.remove(closed.scope());
      if (contents != null && scope != null) {
        contents.remove(scope);
      }
    } else if (event instanceof Event.LoopBegun begun) {
      put(scope(begun.scope()).with(Runs.of(begun.instances(), begun.items())));
    } else if (event instanceof Event.RunCompleted completed) {
      Scope scope = scope(completed.scope());
      put(scope.with(requireNonNull(scope.runs()).complete(completed.run(), completed.result())));
    } else if (event instanceof Event.VariablesSet set) {
      put(scope(set.scope()).withVariables(set.variables()));
    } else if (event instanceof Event.CompensationKept kept) {
      used(kept.compensation().id());
      put(scope(kept.scope()).with(kept.compensation()));
    } else if (event instanceof Event.CompensationTaken taken) {
      put(scope(taken.scope()).without(taken.compensations()));
    } else {
      applyToWaits(event);
      applyToInstance(event, at);
    }
  }

  private void create(Event.TokenCreated created, Instant at) {
    put(
        new Token(
            used(created.token()),
            created.scope(),
            created.element(),
            created.flow(),
            at,
            created.run(),
            created.own()));
    Scope around = scopes.get(created.scope());
    if (created.run() != 0 && around != null && around.runs() != null) {
      put(around.with(around.runs().begin()));
    }
  }

  private void removeToken(int id) {
    Token token = tokens.remove(id);
    if (contents != null && token != null) {
      contents.remove(token);
    }
  }

  private void open(Event.ScopeOpened opened) {
    Token token = token(opened.token());
    Map<String, Object> variables = opened.variables();
    if (!token.own().isEmpty()) {
      variables = new LinkedHashMap<>(token.own());
      variables.putAll(opened.variables());
      put(token.withoutOwn());
    }
    put(
        new Scope(
            used(opened.scope()),
            token.scope(),
            token.id(),
            opened.element(),
            variables,
            List.of()));
  }

  private void applyToWaits(Event event) {
    if (event instanceof Event.WaitOpened opened) {
      used(opened.opened().id());
      put(opened.opened());
    } else if (event instanceof Event.WaitClosed closed) {
      Wait wait = waits.remove(closed.waitId());
      if (contents != null && wait != null) {
        contents.remove(wait);
      }
    } else if (event instanceof Event.TaskClaimed claimed) {
      put(wait(claimed.waitId()).withAssignee(claimed.user()));
    } else if (event instanceof Event.AttemptOrdered ordered) {
      put(wait(ordered.waitId()).withAttempts(ordered.attempt(), ordered.attemptsLeft()));
    } else if (event instanceof Event.IncidentRaised raised) {
      Incident incident = raised.incident();
      incidents.put(used(incident.id()), incident);
      Wait wait = waits.get(incident.waitId());
      if (wait != null) {
        put(wait.withAttempts(wait.attempt(), 0));
      }
    } else if (event instanceof Event.IncidentResolved resolved) {
      incidents.remove(resolved.incident());
    }
  }

  private void applyToInstance(Event event, Instant at) {
    if (event instanceof Event.Migrated migrated) {
      Renaming names = new Renaming(migrated.elements(), migrated.flows());
      tokens.replaceAll((tokenId, token) -> token.renamed(names));
      scopes.replaceAll((scopeId, scope) -> scope.renamed(names));
      waits.replaceAll((waitId, wait) -> wait.renamed(names));
    } else if (event instanceof Event.Suspended) {
      status = Status.SUSPENDED;
    } else if (event instanceof Event.Resumed) {
      status = Status.RUNNING;
    } else if (event instanceof Event.Ended ended) {
      status = ended.status();
      reason = ended.reason();
      endedAt = at;
    }
  }

  private int used(int id) {
    nextId = Math.max(nextId, id + 1);
    return id;
  }

  private void put(Token token) {
    tokens.put(token.id(), token);
    if (contents != null) {
      contents.add(token);
    }
  }

  private void put(Scope scope) {
    scopes.put(scope.id(), scope);
    if (contents != null) {
      contents.add(scope);
    }
  }

  private void put(Wait wait) {
    waits.put(wait.id(), wait);
    if (contents != null) {
      contents.add(wait);
    }
  }

  public String id() {
    return id;
  }

  public Status status() {
    return status;
  }

  public @Nullable String businessKey() {
    return businessKey;
  }

  public int priority() {
    return priority;
  }

  public @Nullable Instant startedAt() {
    return startedAt;
  }

  public @Nullable Instant endedAt() {
    return endedAt;
  }

  public @Nullable String reason() {
    return reason;
  }

  public int nextId() {
    return nextId;
  }

  public Collection<Token> tokens() {
    return Collections.unmodifiableCollection(tokens.values());
  }

  /** Where it stands: all tokens but those that only hold a scope in which others are. */
  public List<Token> resting() {
    Set<Integer> holders = new HashSet<>();
    for (Token token : tokens.values()) {
      holders.add(scope(token.scope()).token());
    }
    return tokens.values().stream().filter(token -> !holders.contains(token.id())).toList();
  }

  public Collection<Scope> scopes() {
    return Collections.unmodifiableCollection(scopes.values());
  }

  public Collection<Wait> waits() {
    return Collections.unmodifiableCollection(waits.values());
  }

  public Collection<Incident> incidents() {
    return Collections.unmodifiableCollection(incidents.values());
  }

  private Contents contents() {
    Contents known = contents;
    if (known == null) {
      known = new Contents(tokens.values(), scopes.values(), waits.values());
      contents = known;
    }
    return known;
  }

  /** The tokens directly in a scope, in the order in which they came into being. */
  public List<Token> tokensIn(int scope) {
    return contents().tokens(scope).stream().map(this::token).toList();
  }

  /** Whether no token is directly in a scope. */
  public boolean isEmpty(int scope) {
    return !contents().hasTokens(scope);
  }

  /** What a scope itself waits for, in the order in which it began to. */
  public List<Wait> waitsOf(int scope) {
    return contents().waits(scope).stream().map(this::wait).toList();
  }

  /** The scope that a token holds, null if it holds none. */
  public @Nullable Scope heldBy(int token) {
    Integer scope = contents().heldBy(token);
    return scope == null ? null : scope(scope);
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
    return requireNonNull(tokens.get(id), () -> "no token " + id);
  }

  public Scope scope(int id) {
    return requireNonNull(scopes.get(id), () -> "no scope " + id);
  }

  public Wait wait(int id) {
    return requireNonNull(waits.get(id), () -> "no wait " + id);
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
