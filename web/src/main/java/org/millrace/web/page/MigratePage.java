package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.DefinitionView;
import org.millrace.api.operation.Definitions;
import org.millrace.api.operation.Migrations;
import org.millrace.api.operation.Migrations.Outcome;
import org.millrace.api.operation.Migrations.Target;
import org.millrace.api.operation.Preview.Misfit;

/** Takes all running instances of a version to another: tries it first, and then does just that. */
@Named
@ViewScoped
public class MigratePage implements Serializable {

  @EJB private Definitions definitions;
  @EJB private Migrations migrations;
  @Inject private Attempt attempt;

  private String process = "";
  private @Nullable Integer from;
  private @Nullable Integer to;
  private List<Integer> versions = List.of();
  private @Nullable MappingTable table;
  private transient @Nullable MigrationResult result;

  public void load() {
    versions = versions(definitions.list(), process);
    if (versions.isEmpty()) {
      attempt.missing(process);
      return;
    }
    int newest = versions.get(0);
    int old = from == null ? versions.get(Math.min(1, versions.size() - 1)) : from;
    int next = to == null ? newest : to;
    from = old;
    to = next;
    Migrations.Plan plan = attempt.result(() -> migrations.plan(process, old, next, null));
    table = plan == null ? null : new MappingTable(plan);
  }

  /** All versions of a process, newest first. */
  static List<Integer> versions(List<DefinitionView> all, String process) {
    return all.stream()
        .filter(one -> one.kind().equals("process") && one.id().equals(process))
        .map(DefinitionView::version)
        .sorted((one, other) -> other - one)
        .toList();
  }

  /** The mapping is another one for other versions. */
  public String choose() {
    return "migrate?faces-redirect=true&includeViewParams=true";
  }

  public void dryRun() {
    run(true);
  }

  public void carryOut() {
    if (result == null || !result.dryRun() || !result.target().equals(target())) {
      attempt.warn("migrate.otherInput");
      run(true);
    } else {
      run(false);
    }
  }

  private void run(boolean dryRun) {
    Target target = target();
    Outcome outcome =
        attempt.result(() -> migrations.migrateAll(process, number(from), target, dryRun));
    result = outcome == null ? null : MigrationResult.of(target, dryRun, outcome);
    if (outcome != null && table != null) {
      List<Misfit> misfits =
          outcome.failed().stream().flatMap(failure -> failure.problems().stream()).toList();
      table.add(misfits);
    }
  }

  private Target target() {
    return new Target(number(to), table == null ? Map.of() : table.mapping());
  }

  private static int number(@Nullable Integer version) {
    return version == null ? 0 : version;
  }

  public String getProcess() {
    return process;
  }

  public void setProcess(String process) {
    this.process = process;
  }

  public @Nullable Integer getFrom() {
    return from;
  }

  public void setFrom(@Nullable Integer from) {
    this.from = from;
  }

  public @Nullable Integer getTo() {
    return to;
  }

  public void setTo(@Nullable Integer to) {
    this.to = to;
  }

  public List<Integer> getVersions() {
    return versions;
  }

  public int getInstances() {
    return table == null ? 0 : table.instances();
  }

  public List<MappingRow> getRows() {
    return table == null ? List.of() : table.rows();
  }

  public @Nullable MigrationResult getResult() {
    return result;
  }
}
