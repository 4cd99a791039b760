package org.millrace.kernel.graph;

import java.util.List;

/** What another engine would do besides when something happens at an element. */
public sealed interface Listener {

  /** A variable is set, in the nearest scope that has it. */
  record Sets(Mapping variable) implements Listener {}

  /**
   * Code that is elsewhere is told; nothing waits for it.
   *
   * @param name what it goes by
   * @param event what has happened, in that engine's word
   * @param more what it is told besides the variables
   */
  record Told(String name, String event, List<Mapping> more) implements Listener {}
}
