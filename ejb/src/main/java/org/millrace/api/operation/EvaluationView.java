package org.millrace.api.operation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of a decision.
 *
 * @param decision the decision's id
 * @param inputs what it was evaluated with, by name
 * @param rules the rules hit, in all the tables that were evaluated for it
 * @param outputs what it gave: for a table the outputs of each rule hit, by their names, or the
 *     aggregate; else the one value, by the decision's name
 */
public record EvaluationView(
    String decision,
    int version,
    Map<String, Object> inputs,
    List<RuleView> rules,
    List<Map<String, Object>> outputs) {

  /**
   * A rule of a decision table that was hit.
   *
   * @param decision the id of the decision, or business knowledge model, that the table is in
   * @param rule its number in the table, from 1
   * @param id its id, where it has one
   */
  public record RuleView(String decision, int rule, @Nullable String id) {}
}
