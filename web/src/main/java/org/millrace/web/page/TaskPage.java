package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.TaskView;
import org.millrace.api.operation.Tasks;

/** One human task. */
@Named
@ViewScoped
public class TaskPage implements Serializable {

  /** The order example's approval: it is answered with one boolean of this name. */
  private static final String APPROVAL = "approve";

  private static final String APPROVED = "approved";

  @EJB private Tasks tasks;
  @Inject private Attempt attempt;

  private String id = "";
  private transient @Nullable TaskView task;
  private boolean approval;
  private Map<String, Object> result = Map.of();

  public void load() {
    task = attempt.found(() -> tasks.get(id));
    approval = task != null && task.activity().equals(APPROVAL);
  }

  public @Nullable String claim() {
    if (!attempt.done(() -> tasks.claim(id))) {
      return null;
    }
    attempt.say("task.claimed");
    return "task?faces-redirect=true&includeViewParams=true";
  }

  public @Nullable String complete() {
    return complete(result, "task.completed");
  }

  public @Nullable String approve() {
    return complete(Map.of(APPROVED, true), "task.approved");
  }

  public @Nullable String reject() {
    return complete(Map.of(APPROVED, false), "task.rejected");
  }

  private @Nullable String complete(Map<String, Object> variables, String key) {
    if (!attempt.done(() -> tasks.complete(id, variables))) {
      return null;
    }
    attempt.say(key);
    return "tasks?faces-redirect=true";
  }

  public String getId() {
    return id;
  }

  public void setId(String id) {
    this.id = id;
  }

  public @Nullable TaskView getTask() {
    return task;
  }

  public boolean isApproval() {
    return approval;
  }

  public Map<String, Object> getResult() {
    return result;
  }

  public void setResult(Map<String, Object> result) {
    this.result = result;
  }
}
