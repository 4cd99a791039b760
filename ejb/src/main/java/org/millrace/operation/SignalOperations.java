package org.millrace.operation;

import static org.millrace.api.operation.Roles.OPERATOR;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;
import org.millrace.api.operation.Signals;

/** BPMN signals from people. */
@Stateless
@Local(Signals.class)
public class SignalOperations implements Signals {

  @Inject private org.millrace.execution.Signals signals;

  @Override
  @RolesAllowed(OPERATOR)
  public void send(String signal, Map<String, Object> variables) {
    signals.send(signal, variables, null);
  }
}
