package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Definitions;

/** One version of a definition: its diagram and its text. */
@Named
@ViewScoped
public class DefinitionPage implements Serializable {

  @EJB private Definitions definitions;
  @Inject private Attempt attempt;

  private String id = "";
  private int version;
  private @Nullable String xml;

  public void load() {
    xml = attempt.found(() -> Document.text(definitions.xml(id, version)));
  }

  public String getId() {
    return id;
  }

  public void setId(String id) {
    this.id = id;
  }

  public int getVersion() {
    return version;
  }

  public void setVersion(int version) {
    this.version = version;
  }

  public @Nullable String getXml() {
    return xml;
  }

  /** Whether it is one, and so has a diagram and instances. */
  public boolean isProcess() {
    return xml != null && xml.contains("http://www.omg.org/spec/BPMN/");
  }
}
