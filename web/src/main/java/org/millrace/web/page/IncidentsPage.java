package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.IncidentView;
import org.millrace.api.operation.Incidents;

/** The list of open incidents. */
@Named
@ViewScoped
public class IncidentsPage implements Serializable {

  private static final String HERE = "incidents?faces-redirect=true&includeViewParams=true";

  @EJB private Incidents incidents;
  @Inject private Attempt attempt;

  private @Nullable String process;
  private @Nullable String stage;
  private transient List<IncidentView> found = List.of();

  public void load() {
    found = incidents.find(process, stage);
  }

  public String search() {
    return HERE;
  }

  public @Nullable String retry(String id) {
    if (!attempt.done(() -> incidents.retry(id))) {
      return null;
    }
    attempt.say("incident.retried");
    return HERE;
  }

  public @Nullable String retryAll() {
    Integer retried = attempt.result(() -> incidents.retryAll(process, stage));
    if (retried == null) {
      return null;
    }
    attempt.say("incident.allRetried", retried);
    return HERE;
  }

  public List<IncidentView> getFound() {
    return found;
  }

  public @Nullable String getProcess() {
    return process;
  }

  public void setProcess(@Nullable String process) {
    this.process = process;
  }

  public @Nullable String getStage() {
    return stage;
  }

  public void setStage(@Nullable String stage) {
    this.stage = stage;
  }
}
