package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.millrace.api.operation.DefinitionView;
import org.millrace.api.operation.Definitions;

/** The list of deployed definitions. */
@Named
@ViewScoped
public class DefinitionsPage implements Serializable {

  @EJB private Definitions definitions;

  private transient List<DefinitionView> found = List.of();

  public void load() {
    found = definitions.list();
  }

  public List<DefinitionView> getFound() {
    return found;
  }
}
