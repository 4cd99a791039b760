package org.millrace.operation;

import static org.millrace.api.operation.Roles.OPERATOR;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.millrace.api.operation.EventRequest;
import org.millrace.api.operation.EventResult;
import org.millrace.api.operation.Events;

/** BPMN messages from people. */
@Stateless
@Local(Events.class)
public class EventOperations implements Events {

  @Inject private org.millrace.execution.Events events;

  @Override
  @RolesAllowed(OPERATOR)
  public EventResult send(EventRequest request) {
    return events.send(request);
  }
}
