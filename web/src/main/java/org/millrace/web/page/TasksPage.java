package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Page;
import org.millrace.api.operation.TaskView;
import org.millrace.api.operation.Tasks;

/** The list of human tasks. */
@Named
@ViewScoped
public class TasksPage implements Serializable {

  /** How many rows a page has. */
  private static final int SIZE = 50;

  @EJB private Tasks tasks;
  @Inject private Attempt attempt;
  @Inject private Caller caller;

  /** Only those assigned or offered by name to the caller; null for all. */
  private @Nullable String mine;

  private @Nullable String group;
  private final Rows<TaskView> rows = new Rows<>(this::find);

  public void load() {
    rows.load(null, SIZE);
  }

  private @Nullable Page<TaskView> find(int first, int size) {
    String user = mine == null ? null : caller.getName();
    return attempt.result(() -> tasks.find(user, group, first, size));
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

  public Rows<TaskView> getRows() {
    return rows;
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
