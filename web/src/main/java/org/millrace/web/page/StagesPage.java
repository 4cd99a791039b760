package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.StageView;
import org.millrace.api.operation.Stages;

/** The list of stages. */
@Named
@ViewScoped
public class StagesPage implements Serializable {

  @EJB private Stages stages;
  @Inject private Attempt attempt;

  private transient List<StageView> found = List.of();

  public void load() {
    found = stages.list();
  }

  public @Nullable String pause(String stage) {
    return after("stage.paused", stage, () -> stages.pause(stage));
  }

  public @Nullable String resume(String stage) {
    return after("stage.resumed", stage, () -> stages.resume(stage));
  }

  private @Nullable String after(String key, String stage, Runnable operation) {
    if (!attempt.done(operation)) {
      return null;
    }
    attempt.say(key, stage);
    return "stages?faces-redirect=true";
  }

  public List<StageView> getFound() {
    return found;
  }
}
