package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.TaskView;
import org.millrace.api.operation.Tasks;

/** The list of human tasks. */
@Named
@ViewScoped
public class TasksPage implements Serializable {

  @EJB private Tasks tasks;
  @Inject private Attempt attempt;
  @Inject private Caller caller;

  /** Only those assigned or offered by name to the caller; null for all. */
  private @Nullable String mine;

  private @Nullable String group;
  private transient List<TaskView> found = List.of();

  public void load() {
    String user = mine == null ? null : caller.getName();
    List<TaskView> result = attempt.result(() -> tasks.find(user, group));
    found = result == null ? List.of() : result;
  }

  public String search() {
    return "tasks?faces-redirect=true&includeViewParams=true";
  }

  public @Nullable String claim(String id) {
    if (!attempt.done(() -> tasks.claim(id))) {
      return null;
    }
    attempt.say("task.claimed");
    return "task?faces-redirect=true&id=" + id;
  }

  public List<TaskView> getFound() {
    return found;
  }

  public @Nullable String getMine() {
    return mine;
  }

  public void setMine(@Nullable String mine) {
    this.mine = mine;
  }

  public @Nullable String getGroup() {
    return group;
  }

  public void setGroup(@Nullable String group) {
    this.group = group;
  }
}
