package org.millrace.web.page;

import java.util.List;
import org.millrace.api.operation.Migrations.Failure;
import org.millrace.api.operation.Migrations.Fitting;
import org.millrace.api.operation.Migrations.Outcome;
import org.millrace.api.operation.Migrations.Target;

/**
 * What became of many instances, as a page shows it: all are counted, and some of them listed.
 *
 * @param dryRun whether it only would
 */
public record MigrationResult(
    Target target,
    boolean dryRun,
    int fitting,
    int failed,
    List<Fitting> someFitting,
    List<Failure> someFailed) {

  /** More than this nobody reads; the JSON resource has them all. */
  static final int LISTED = 500;

  static MigrationResult of(Target target, boolean dryRun, Outcome outcome) {
    return new MigrationResult(
        target,
        dryRun,
        outcome.migrated(),
        outcome.failed().size(),
        some(outcome.fitting()),
        some(outcome.failed()));
  }

  private static <T> List<T> some(List<T> all) {
    return List.copyOf(all.subList(0, Math.min(LISTED, all.size())));
  }
}
