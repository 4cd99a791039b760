package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.IncidentView;
import org.millrace.api.operation.Incidents;
import org.millrace.api.operation.Page;

/** The list of open incidents. */
@Named
@ViewScoped
public class IncidentsPage implements Serializable {

  private static final String HERE = "incidents?faces-redirect=true&includeViewParams=true";

  /** How many rows a page has. */
  private static final int SIZE = 50;

  @EJB private Incidents incidents;
  @Inject private Attempt attempt;

  private @Nullable String process;
  private @Nullable String stage;
  private final Rows<IncidentView> rows = new Rows<>(this::find);

  public void load() {
    rows.load(null, SIZE);
  }

  private @Nullable Page<IncidentView> find(int first, int size) {
    return attempt.result(() -> incidents.find(process, stage, first, size));
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

  public Rows<IncidentView> getRows() {
    return rows;
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
