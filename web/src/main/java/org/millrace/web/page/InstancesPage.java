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

  private final LazyDataModel<InstanceSummary> rows = new Rows();

  /** Before anything is drawn, so that a refusal still finds its place on the page. */
  public void load() {
    rows.load(from == null ? 0 : Math.max(0, from), SIZE, Map.of(), Map.of());
  }

  public String search() {
    from = null;
    return "instances?faces-redirect=true&includeViewParams=true";
  }

  private Page<InstanceSummary> find(int first, int size) {
    InstanceQuery query =
        new InstanceQuery(process, businessKey, state, activity, variable, first, size);
    Page<InstanceSummary> found = attempt.result(() -> instances.find(query));
    return found == null ? new Page<>(0, List.of()) : found;
  }

  /** One call brings both a part of the list and the total, and is not made twice for one part. */
  private final class Rows extends LazyDataModel<InstanceSummary> {

    private int first;
    private int size;
    private transient @Nullable Page<InstanceSummary> page;

    @Override
    public List<InstanceSummary> load(
        int first, int size, Map<String, SortMeta> sorts, Map<String, FilterMeta> filters) {
      Page<InstanceSummary> found = page;
      if (found == null || first != this.first || size != this.size) {
        found = find(first, size);
        page = found;
        this.first = first;
        this.size = size;
      }
      setRowCount(Math.toIntExact(found.total()));
      return found.items();
    }

    @Override
    public int count(Map<String, FilterMeta> filters) {
      return page == null ? 0 : Math.toIntExact(page.total());
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

  public @Nullable Integer getFrom() {
    return from;
  }

  public void setFrom(@Nullable Integer from) {
    this.from = from;
  }
}
