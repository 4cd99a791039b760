package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Definitions;
import org.millrace.api.operation.InstanceView;
import org.millrace.api.operation.Instances;
import org.millrace.api.operation.Migrations;
import org.millrace.api.operation.Migrations.Target;
import org.millrace.api.operation.Preview;

/**
 * Takes one instance to another version: shows first what would happen, and then does just that.
 */
@Named
@ViewScoped
public class MigrateInstancePage implements Serializable {

  @EJB private Instances instances;
  @EJB private Definitions definitions;
  @EJB private Migrations migrations;
  @Inject private Attempt attempt;

  private String id = "";
  private @Nullable Integer to;
  private transient @Nullable InstanceView instance;
  private List<Integer> versions = List.of();
  private @Nullable MappingTable table;
  private final Foresight<Target> foresight = new Foresight<>();

  public void load() {
    InstanceView found = attempt.found(() -> instances.get(id));
    if (found != null) {
      instance = found;
      versions = MigratePage.versions(definitions.list(), found.process());
      int next = to == null ? versions.get(0) : to;
      to = next;
      Migrations.Plan plan =
          attempt.result(() -> migrations.plan(found.process(), found.version(), next, id));
      table = plan == null ? null : new MappingTable(plan);
    }
  }

  /** The mapping is another one for another version. */
  public String choose() {
    return "migrateInstance?faces-redirect=true&includeViewParams=true";
  }

  public void preview() {
    foresight.show(target(), attempt, this::previewed);
    addMisfits();
  }

  public @Nullable String carryOut() {
    Target asked = target();
    if (!foresight.carryOut(
        asked, attempt, this::previewed, target -> migrations.migrate(id, target))) {
      addMisfits();
      return null;
    }
    attempt.say("migrate.doneOne", asked.version());
    return "instance?faces-redirect=true&id=" + id;
  }

  private Preview previewed(Target target) {
    return migrations.preview(id, target);
  }

  private void addMisfits() {
    Preview shown = foresight.preview();
    if (shown != null && table != null) {
      table.add(shown.problems());
    }
  }

  private Target target() {
    return new Target(to == null ? 0 : to, table == null ? Map.of() : table.mapping());
  }

  public @Nullable Preview getPreview() {
    return foresight.preview();
  }

  public String getId() {
    return id;
  }

  public void setId(String id) {
    this.id = id;
  }

  public @Nullable Integer getTo() {
    return to;
  }

  public void setTo(@Nullable Integer to) {
    this.to = to;
  }

  public @Nullable InstanceView getInstance() {
    return instance;
  }

  public List<Integer> getVersions() {
    return versions;
  }

  public List<MappingRow> getRows() {
    return table == null ? List.of() : table.rows();
  }
}
