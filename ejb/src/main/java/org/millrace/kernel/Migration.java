package org.millrace.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.Decision.Rejected;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.Join;
import org.millrace.kernel.element.ParallelGateway;
import org.millrace.kernel.event.Event;
import org.millrace.kernel.graph.Armed;
import org.millrace.kernel.graph.Flow;
import org.millrace.kernel.graph.ProcessGraph;
import org.millrace.kernel.state.Compensation;
import org.millrace.kernel.state.InstanceState;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/**
 * What an instance of one version would be in another: pure, so that it can be asked beforehand.
 *
 * @param mapping from the ids of elements to those of their counterparts; those that are not in it
 *     keep their ids
 */
public record Migration(ProcessGraph from, ProcessGraph to, Map<String, String> mapping) {

  /** Something that has no place in the other version, and why. */
  public record Misfit(String element, String reason) {}

  /** The id of an element's counterpart, whether there is one or not. */
  public String counterpart(String element) {
    return element.equals(from.id()) ? to.id() : mapping.getOrDefault(element, element);
  }

  /** All that keeps this instance from being migrated; empty if nothing does. */
  public List<Misfit> misfits(InstanceState state) {
    Set<Misfit> misfits = new LinkedHashSet<>();
    mapping.forEach(
        (source, target) -> {
          if (!from.has(source)) {
            misfits.add(new Misfit(source, "is not in the old version"));
          } else if (!to.has(target)) {
            misfits.add(
                new Misfit(
                    source, "cannot be \"%s\": that is not in the new version".formatted(target)));
          }
        });
    if (misfits.isEmpty()) {
      for (Token token : state.tokens()) {
        check(token.element(), misfits);
        if (isWaitingAtJoin(state, token) && flow(token) == null) {
          misfits.add(new Misfit(token.element(), "no flow there is the one that a token came by"));
        }
      }
      for (Scope scope : state.scopes()) {
        scope.compensations().forEach(completed -> check(completed, misfits));
      }
    }
    return List.copyOf(misfits);
  }

  private void check(String id, Set<Misfit> misfits) {
    String target = counterpart(id);
    if (!to.has(target)) {
      misfits.add(new Misfit(id, "has no counterpart in the new version"));
      return;
    }
    Element old = from.element(id);
    Element next = to.element(target);
    if (!Armed.isSameKind(old, next)) {
      misfits.add(
          new Misfit(
              id,
              "is a %s, and \"%s\" a %s of another kind"
                  .formatted(old.node().type(), target, next.node().type())));
    } else if (!counterpart(old.node().parent()).equals(next.node().parent())) {
      misfits.add(
          new Misfit(
              id,
              "lies in \"%s\", and \"%s\" in \"%s\""
                  .formatted(old.node().parent(), target, next.node().parent())));
    }
  }

  private void check(Compensation completed, Set<Misfit> misfits) {
    check(completed.activity(), misfits);
    String handler = completed.handler();
    if (handler != null
        && !counterpart(handler)
            .equals(to.compensationHandler(counterpart(completed.activity())))) {
      misfits.add(new Misfit(handler, "does not compensate the same in the new version"));
    }
    completed.inner().forEach(inner -> check(inner, misfits));
  }

  private boolean isWaitingAtJoin(InstanceState state, Token token) {
    Element element = from.element(token.element());
    return (element instanceof ParallelGateway || element instanceof Join)
        && token.flow() != null
        && state.heldBy(token.id()) == null;
  }

  /** The flow that a token at a join has come by, there: by its id, else by its ends. */
  private @Nullable Flow flow(Token token) {
    Flow old = from.flow(String.valueOf(token.flow()));
    Element join = to.element(counterpart(token.element()));
    Flow sameEnds = null;
    for (String incoming : join.node().incoming()) {
      Flow flow = to.flow(incoming);
      if (flow.id().equals(old.id())) {
        return flow;
      }
      if (flow.source().equals(counterpart(old.source()))) {
        sameEnds = flow;
      }
    }
    return sameEnds;
  }

  /** The flows whose ids change, of those that tokens at joins have come by. */
  Map<String, String> flows(InstanceState state) {
    Map<String, String> flows = new LinkedHashMap<>();
    for (Token token : state.tokens()) {
      Flow flow = isWaitingAtJoin(state, token) ? flow(token) : null;
      if (flow != null && !flow.id().equals(token.flow())) {
        flows.put(String.valueOf(token.flow()), flow.id());
      }
    }
    return flows;
  }

  /** The elements whose events a scope waits for in vain from now on. */
  private List<String> closing(InstanceState state, Scope scope) {
    List<Armed> after = armed(to, counterpart(container(scope)), state, scope);
    return armed(from, container(scope), state, scope).stream()
        .filter(old -> after.stream().noneMatch(next -> goesOn(old, next)))
        .map(Armed::element)
        .toList();
  }

  /** The events that a scope waits for only from now on. */
  private List<Armed> opening(InstanceState state, Scope scope) {
    List<Armed> before = armed(from, container(scope), state, scope);
    return armed(to, counterpart(container(scope)), state, scope).stream()
        .filter(next -> before.stream().noneMatch(old -> goesOn(old, next)))
        .toList();
  }

  /** Of several runs, the scope around them has the events on the border, and the runs the rest. */
  private static List<Armed> armed(
      ProcessGraph graph, String container, InstanceState state, Scope scope) {
    List<Armed> armed = new ArrayList<>();
    if (scope.id() != Scope.ROOT && state.token(scope.token()).run() == 0) {
      armed.addAll(Armed.on(graph, container));
    }
    if (scope.runs() == null) {
      armed.addAll(Armed.in(graph, container));
    }
    return armed;
  }

  private boolean goesOn(Armed old, Armed next) {
    return counterpart(old.element()).equals(next.element()) && old.isLike(next);
  }

  /** Carries it out, in a step on the new version. */
  @Nullable Rejected carryOut(Step step, int fromVersion, int toVersion) {
    if (fromVersion == toVersion && mapping.isEmpty()) {
      return null;
    }
    InstanceState before = step.state().copy();
    List<Misfit> misfits = misfits(before);
    if (!misfits.isEmpty()) {
      return new Rejected(
          Kind.INVALID,
          misfits.stream()
              .map(misfit -> "\"%s\" %s".formatted(misfit.element(), misfit.reason()))
              .collect(Collectors.joining("; ")));
    }
    for (Scope scope : before.scopes()) {
      List<String> closing = closing(before, scope);
      before.waitsOf(scope.id()).stream()
          .filter(wait -> closing.contains(wait.element()))
          .forEach(step.waits()::close);
    }
    step.emit(new Event.Migrated(fromVersion, toVersion, mapping, flows(before)));
    for (Scope scope : before.scopes()) {
      for (Armed armed : opening(before, scope)) {
        step.waits().await(armed.definition(), scope, armed.element());
      }
    }
    return null;
  }

  private String container(Scope scope) {
    return scope.id() == Scope.ROOT ? from.id() : scope.element();
  }
}
