package org.millrace.kernel.element;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Entries;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/**
 * A sub-process: an embedded one, an event sub-process, a transaction or an ad-hoc one. BPMN 2.0
 * sections 13.3.4, 13.3.5 and 13.5.4.
 *
 * @param triggeredByEvent whether an event begins it, not a token
 * @param adHoc for an ad-hoc one, how it is that; else null
 */
public record SubProcess(
    Node node, Mappings mappings, boolean triggeredByEvent, @Nullable AdHoc adHoc)
    implements Activity {

  public SubProcess(Node node, Mappings mappings, boolean triggeredByEvent) {
    this(node, mappings, triggeredByEvent, null);
  }

  /** Whether it can be cancelled as a whole, see {@link org.millrace.kernel.Transactions}. */
  public boolean isTransaction() {
    return node.type().equals("transaction");
  }

  @Override
  public void enter(Step step, Token token) {
    if (adHoc != null) {
      begin(step, token, adHoc.entries(step, token, this));
      return;
    }
    Scope scope = begin(step, token, new Entries(step.graph()).plain(id()));
    if (step.state().isEmpty(scope.id())) {
      emptied(step, scope);
    }
  }

  /**
   * Begins it at this start event.
   *
   * @param brought what only that event's mappings see
   */
  public void begin(Step step, Token token, StartEvent start, Map<String, Object> brought) {
    Scope scope = open(step, token);
    step.enter(step.create(scope.id(), start.id(), brought));
  }

  private Scope begin(Step step, Token token, List<? extends Element> entries) {
    Scope scope = open(step, token);
    entries.forEach(entry -> step.enter(step.create(scope.id(), entry.id())));
    return scope;
  }

  /** Begins it without anything in it, for what is put there then. */
  public Scope open(Step step, int around) {
    return open(step, step.create(around, id()));
  }

  private Scope open(Step step, Token token) {
    Scope scope = step.scopes().begin(token, this);
    step.scopes().armEventSubProcesses(scope);
    return scope;
  }

  @Override
  public void emptied(Step step, Scope scope) {
    if (step.scopes().isReopened(scope)) {
      step.scopes().closeReopened(scope);
    } else if (adHoc == null || adHoc.completes(step, scope)) {
      step.scopes().complete(scope, Map.of());
    }
  }
}
