package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.InstanceQuery;
import org.millrace.api.operation.InstanceSummary;
import org.millrace.api.operation.Instances;
import org.millrace.api.operation.Page;

/** The list of instances: what to search for lies in the URL, so a search can be kept and sent. */
@Named
@ViewScoped
public class InstancesPage implements Serializable {

  /** How many rows a page has, as long as nobody asks for more. */
  private static final int SIZE = 20;

  @EJB private Instances instances;
  @Inject private Attempt attempt;

  private @Nullable String process;
  private @Nullable String businessKey;
  private @Nullable String state;
  private @Nullable String activity;
  private @Nullable String variable;
  private @Nullable Integer from;

  private final Rows<InstanceSummary> rows = new Rows<>(this::find);

  public void load() {
    rows.load(from, SIZE);
  }

  public String search() {
    from = null;
    return "instances?faces-redirect=true&includeViewParams=true";
  }

  private @Nullable Page<InstanceSummary> find(int first, int size) {
    InstanceQuery query =
        new InstanceQuery(process, businessKey, state, activity, variable, first, size);
    return attempt.result(() -> instances.find(query));
  }

  public Rows<InstanceSummary> getRows() {
    return rows;
  }

  public @Nullable String getProcess() {
    return process;
  }

  public void setProcess(@Nullable String process) {
    this.process = process;
  }

  public @Nullable String getBusinessKey() {
    return businessKey;
  }

  public void setBusinessKey(@Nullable String businessKey) {
    this.businessKey = businessKey;
  }

  public @Nullable String getState() {
    return state;
  }

  public void setState(@Nullable String state) {
    this.state = state;
  }

  public @Nullable String getActivity() {
    return activity;
  }

  public void setActivity(@Nullable String activity) {
    this.activity = activity;
  }

  public @Nullable String getVariable() {
    return variable;
  }

  public void setVariable(@Nullable String variable) {
    this.variable = variable;
  }

  public @Nullable Integer getFrom() {
    return from;
  }

  public void setFrom(@Nullable Integer from) {
    this.from = from;
  }
}
