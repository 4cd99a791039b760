package org.millrace.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.millrace.api.operation.Migrations.Place;
import org.millrace.api.operation.Migrations.Plan;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.graph.Armed;
import org.millrace.kernel.graph.ProcessGraph;

/** Where instances stand in one version, and where that could be in another. */
final class Places {

  private final ProcessGraph from;
  private final Map<String, Integer> standing = new HashMap<>();
  private final Map<String, Integer> waiting = new HashMap<>();

  private Places(ProcessGraph from) {
    this.from = from;
  }

  static Plan plan(ProcessGraph from, ProcessGraph to, List<List<String>> instances) {
    Places places = new Places(from);
    instances.forEach(places::count);
    List<Place> plan = new ArrayList<>();
    for (Element element : from.elements()) {
      plan.add(
          new Place(
              element.id(),
              element.node().type(),
              places.standing.getOrDefault(element.id(), 0),
              places.waiting.getOrDefault(element.id(), 0),
              counterparts(element, to)));
    }
    return new Plan(instances.size(), plan);
  }

  /** Counts an instance where it stands, in what that lies in, and for the events around it. */
  private void count(List<String> activities) {
    Set<String> at = new HashSet<>();
    at.add(from.id());
    for (String activity : activities) {
      String place = activity;
      while (from.has(place) && at.add(place)) {
        place = from.element(place).node().parent();
      }
    }
    Set<String> events = new HashSet<>();
    for (String place : at) {
      Armed.on(from, place).forEach(armed -> events.add(armed.element()));
      Armed.in(from, place).forEach(armed -> events.add(armed.element()));
    }
    at.remove(from.id());
    events.removeAll(at);
    at.forEach(place -> standing.merge(place, 1, Integer::sum));
    events.forEach(event -> waiting.merge(event, 1, Integer::sum));
  }

  private static List<String> counterparts(Element element, ProcessGraph to) {
    List<String> counterparts = new ArrayList<>();
    for (Element other : to.elements()) {
      if (Armed.isSameKind(element, other)) {
        counterparts.add(other.id().equals(element.id()) ? 0 : counterparts.size(), other.id());
      }
    }
    return counterparts;
  }
}
