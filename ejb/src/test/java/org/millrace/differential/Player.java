package org.millrace.differential;

import java.util.List;
import java.util.Map;

/** An engine with one instance of a process, and what that calls, seen from outside. */
interface Player extends AutoCloseable {

  /** The ids of the activities and events that wait, in order, each as often as it does. */
  List<String> waits();

  /** Those of the waits that can be answered: a condition comes with its variables. */
  List<String> answerable(List<String> waits);

  boolean hasEnded();

  /** Answers the oldest wait of this activity. */
  void answer(String activity, Map<String, Object> variables);

  /** Sets variables of the instance, from outside. */
  void set(Map<String, Object> variables);

  /** Answers the oldest work of this activity with a business error. */
  void error(String activity, String code);

  @Override
  void close();
}
