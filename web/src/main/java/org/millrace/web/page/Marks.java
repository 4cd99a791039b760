package org.millrace.web.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.api.operation.IncidentView;
import org.millrace.api.operation.InstanceView;

/** What is drawn onto a diagram: for each element, what happened and what stands there. */
final class Marks {

  /**
   * One element's.
   *
   * @param tokens how many tokens stand on it
   * @param passed whether a token has passed it
   * @param incidents their messages
   */
  private record Mark(int tokens, boolean passed, List<String> incidents) {
    Map<String, Object> plain() {
      return Map.of("tokens", tokens, "passed", passed, "incidents", incidents);
    }
  }

  private Marks() {}

  /** By element id, ready to be written as JSON. */
  static Map<String, Object> of(InstanceView instance) {
    Map<String, Mark> marks = new LinkedHashMap<>();
    for (InstanceView.HistoryView step : instance.history()) {
      if (step.state().equals("completed")) {
        marks.merge(step.activity(), new Mark(0, true, List.of()), Marks::both);
      }
    }
    for (InstanceView.TokenView token : instance.tokens()) {
      marks.merge(token.activity(), new Mark(1, false, List.of()), Marks::both);
    }
    for (IncidentView incident : instance.incidents()) {
      marks.merge(
          incident.activity(), new Mark(0, false, List.of(incident.message())), Marks::both);
    }
    Map<String, Object> plain = new LinkedHashMap<>();
    marks.forEach((element, mark) -> plain.put(element, mark.plain()));
    return plain;
  }

  private static Mark both(Mark one, Mark other) {
    List<String> incidents = new ArrayList<>(one.incidents());
    incidents.addAll(other.incidents());
    return new Mark(one.tokens() + other.tokens(), one.passed() || other.passed(), incidents);
  }
}
