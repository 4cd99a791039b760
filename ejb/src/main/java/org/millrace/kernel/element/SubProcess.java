package org.millrace.kernel.element;

import java.util.List;
import java.util.Map;
import org.millrace.kernel.Step;
import org.millrace.kernel.graph.Entries;
import org.millrace.kernel.graph.Mappings;
import org.millrace.kernel.graph.Node;
import org.millrace.kernel.state.Scope;
import org.millrace.kernel.state.Token;

/**
 * An embedded sub-process, or an event sub-process. BPMN 2.0 sections 13.3.4 and 13.5.4.
 *
 * @param triggeredByEvent whether an event begins it, not a token
 */
public record SubProcess(Node node, Mappings mappings, boolean triggeredByEvent)
    implements Activity {

  @Override
  public void enter(Step step, Token token) {
    begin(step, token, new Entries(step.graph()).plain(id()));
  }

  /** Begins it at this start event. */
  public void begin(Step step, Token token, StartEvent start) {
    begin(step, token, List.of(start));
  }

  private void begin(Step step, Token token, List<? extends Element> entries) {
    Scope scope = step.scopes().begin(token, this);
    step.scopes().armEventSubProcesses(scope);
    entries.forEach(entry -> step.enter(step.create(scope.id(), entry.id())));
  }

  @Override
  public void emptied(Step step, Scope scope) {
    if (step.scopes().isReopened(scope)) {
      step.scopes().closeReopened(scope);
    } else {
      step.scopes().complete(scope, Map.of());
    }
  }
}
