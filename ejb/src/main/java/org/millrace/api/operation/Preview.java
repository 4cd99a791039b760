package org.millrace.api.operation;

import java.util.List;

/**
 * What an operation would do, had it been carried out just now.
 *
 * @param problems all that keeps it from being done; if there are any, nothing else is said
 * @param state the state of the instance afterwards
 * @param cancelled the activities that would be cancelled, in order
 * @param started the elements that would be entered, in order
 * @param waits all that would be waited for afterwards
 */
public record Preview(
    List<Misfit> problems,
    String state,
    List<String> cancelled,
    List<String> started,
    List<WaitView> waits) {

  /** An element of an instance that stands in the way, and why. */
  public record Misfit(String activity, String message) {}
}
