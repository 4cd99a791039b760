package org.millrace.api.operation;

/** BPMN messages from outside. */
public interface Events {

  /** Delivers a message. Role: operator. */
  EventResult send(EventRequest request);
}
