package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.InstanceQuery;
import org.millrace.api.operation.InstanceSummary;
import org.millrace.api.operation.Instances;
import org.millrace.api.operation.Page;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/** The list of instances: what to search for lies in the URL, so a search can be kept and sent. */
@Named
@ViewScoped
public class InstancesPage implements Serializable {

  @EJB private Instances instances;
  @Inject private Attempt attempt;

  private @Nullable String process;
  private @Nullable String businessKey;
  private @Nullable String state;
  private @Nullable String activity;
  private @Nullable String variable;
  private int from;

  private final LazyDataModel<InstanceSummary> rows = new Rows();

  public String search() {
    from = 0;
    return "instances?faces-redirect=true&includeViewParams=true";
  }

  private Page<InstanceSummary> find(int first, int size) {
    Page<InstanceSummary> found =
        attempt.result(
            () ->
                instances.find(
                    new InstanceQuery(
                        process, businessKey, state, activity, variable, first, size)));
    return found == null ? new Page<>(0, List.of()) : found;
  }

  /** One call brings both a page and the total. */
  private final class Rows extends LazyDataModel<InstanceSummary> {

    @Override
    public int count(Map<String, FilterMeta> filters) {
      return Math.toIntExact(find(0, 1).total());
    }

    @Override
    public List<InstanceSummary> load(
        int first, int size, Map<String, SortMeta> sorts, Map<String, FilterMeta> filters) {
      return find(first, size).items();
    }
  }

  public LazyDataModel<InstanceSummary> getRows() {
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

  public int getFrom() {
    return from;
  }

  public void setFrom(int from) {
    this.from = from;
  }
}
