package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.DefinitionView;
import org.millrace.api.operation.Definitions;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.api.operation.Problem;
import org.primefaces.model.file.UploadedFile;

/** Deploys a file, or shows everything that is wrong with it. */
@Named
@ViewScoped
public class DeployPage implements Serializable {

  @EJB private Definitions definitions;
  @Inject private Attempt attempt;

  private transient @Nullable UploadedFile file;
  private transient List<Problem> problems = List.of();

  public @Nullable String deploy() {
    if (file == null) {
      return null;
    }
    UploadedFile uploaded = file;
    problems = List.of();
    List<DefinitionView> deployed;
    try {
      deployed =
          attempt.result(() -> definitions.deploy(uploaded.getFileName(), uploaded.getContent()));
    } catch (DeploymentRefused refused) {
      problems = refused.problems();
      return null;
    }
    if (deployed == null) {
      return null;
    }
    attempt.say(
        "deploy.done",
        deployed.stream()
            .map(definition -> definition.id() + " " + definition.version())
            .collect(Collectors.joining(", ")));
    return "definitions?faces-redirect=true";
  }

  public @Nullable UploadedFile getFile() {
    return file;
  }

  public void setFile(@Nullable UploadedFile file) {
    this.file = file;
  }

  public List<Problem> getProblems() {
    return problems;
  }
}
