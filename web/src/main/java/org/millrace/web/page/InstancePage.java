package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Definitions;
import org.millrace.api.operation.Incidents;
import org.millrace.api.operation.InstanceView;
import org.millrace.api.operation.Instances;
import org.millrace.web.json.Json;

/** One instance: where it stands, what happened, and what an operator can do about it. */
@Named
@ViewScoped
public class InstancePage implements Serializable {

  @EJB private Instances instances;
  @EJB private Incidents incidents;
  @EJB private Definitions definitions;
  @Inject private Attempt attempt;

  private String id = "";
  private transient @Nullable InstanceView instance;
  private String diagram = "";
  private String marks = "{}";
  private Map<String, Object> changes = Map.of();

  public void load() {
    InstanceView found = attempt.found(() -> instances.get(id));
    if (found != null) {
      instance = found;
      diagram = Document.text(definitions.xml(found.process(), found.version()));
      marks = Json.pretty(Marks.of(found));
    }
  }

  public @Nullable String cancel() {
    return after("instance.cancelled", () -> instances.cancel(id));
  }

  public @Nullable String suspend() {
    return after("instance.suspended", () -> instances.suspend(id));
  }

  public @Nullable String resume() {
    return after("instance.resumed", () -> instances.resume(id));
  }

  public @Nullable String change() {
    return after("instance.changed", () -> instances.setVariables(id, changes));
  }

  public @Nullable String retry(String incident) {
    return after("incident.retried", () -> incidents.retry(incident));
  }

  private @Nullable String after(String key, Runnable operation) {
    if (!attempt.done(operation)) {
      return null;
    }
    attempt.say(key);
    return "instance?faces-redirect=true&includeViewParams=true";
  }

  public String getId() {
    return id;
  }

  public void setId(String id) {
    this.id = id;
  }

  public @Nullable InstanceView getInstance() {
    return instance;
  }

  public String getDiagram() {
    return diagram;
  }

  public String getMarks() {
    return marks;
  }

  public Map<String, Object> getChanges() {
    return changes;
  }

  public void setChanges(Map<String, Object> changes) {
    this.changes = changes;
  }
}
