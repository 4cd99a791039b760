package org.millrace.differential;

import java.util.List;
import java.util.Map;

/** An engine with one instance of a process, seen from outside. */
interface Player extends AutoCloseable {

  /** The ids of the activities and events that wait, in order, each as often as it does. */
  List<String> waits();

  boolean hasEnded();

  void answer(String activity, Map<String, Object> variables);

  /** Answers work with a business error. */
  void error(String activity, String code);

  @Override
  void close();
}
