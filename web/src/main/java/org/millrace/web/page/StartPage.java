package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.DefinitionView;
import org.millrace.api.operation.Definitions;
import org.millrace.api.operation.Instances;
import org.millrace.api.operation.StartRequest;

/** Starts an instance of any process. */
@Named
@ViewScoped
public class StartPage implements Serializable {

  @EJB private Instances instances;
  @EJB private Definitions definitions;
  @Inject private Attempt attempt;

  /** One form starts one instance, however often it is sent. */
  private final String requestId = UUID.randomUUID().toString();

  private List<String> processes = List.of();
  private @Nullable String process;
  private @Nullable Integer version;
  private @Nullable String businessKey;
  private Map<String, Object> variables = Map.of();

  public void load() {
    processes =
        definitions.list().stream()
            .filter(definition -> definition.kind().equals("process"))
            .map(DefinitionView::id)
            .distinct()
            .sorted()
            .toList();
  }

  public @Nullable String start() {
    StartRequest request =
        new StartRequest(
            String.valueOf(process),
            version,
            businessKey,
            requestId,
            StartRequest.DEFAULT_PRIORITY,
            variables);
    String id = attempt.result(() -> instances.start(request));
    if (id == null) {
      return null;
    }
    attempt.say("start.done");
    return "instance?faces-redirect=true&id=" + id;
  }

  public List<String> getProcesses() {
    return processes;
  }

  public @Nullable String getProcess() {
    return process;
  }

  public void setProcess(@Nullable String process) {
    this.process = process;
  }

  public @Nullable Integer getVersion() {
    return version;
  }

  public void setVersion(@Nullable Integer version) {
    this.version = version;
  }

  public @Nullable String getBusinessKey() {
    return businessKey;
  }

  public void setBusinessKey(@Nullable String businessKey) {
    this.businessKey = businessKey;
  }

  public Map<String, Object> getVariables() {
    return variables;
  }

  public void setVariables(Map<String, Object> variables) {
    this.variables = variables;
  }
}
