package org.millrace.web.page;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.millrace.api.operation.Migrations.Plan;
import org.millrace.api.operation.Preview.Misfit;

/**
 * A mapping as a form: a line for each element where something stands or is waited for, and for
 * those that turned out to be in the way.
 */
final class MappingTable implements Serializable {

  private final transient Plan plan;
  private final List<MappingRow> rows = new ArrayList<>();

  MappingTable(Plan plan) {
    this.plan = plan;
    plan.places().stream()
        .filter(place -> place.standing() > 0 || place.waiting() > 0)
        .map(MappingRow::new)
        .forEach(rows::add);
  }

  /**
   * Adds lines for what was completed and can be compensated, and other things that nobody sees.
   */
  void add(List<Misfit> misfits) {
    Set<String> known =
        rows.stream().map(row -> row.getPlace().element()).collect(Collectors.toSet());
    Set<String> inTheWay = misfits.stream().map(Misfit::activity).collect(Collectors.toSet());
    plan.places().stream()
        .filter(place -> inTheWay.contains(place.element()) && known.add(place.element()))
        .map(MappingRow::new)
        .forEach(rows::add);
  }

  /** What is not as it would be without it. */
  Map<String, String> mapping() {
    Map<String, String> mapping = new LinkedHashMap<>();
    for (MappingRow row : rows) {
      String target = row.getTarget();
      if (target != null && !target.equals(row.getPlace().element())) {
        mapping.put(row.getPlace().element(), target);
      }
    }
    return mapping;
  }

  int instances() {
    return plan.instances();
  }

  List<MappingRow> rows() {
    return rows;
  }
}
