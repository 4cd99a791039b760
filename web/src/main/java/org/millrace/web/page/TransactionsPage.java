package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.millrace.api.operation.InDoubt;
import org.millrace.api.operation.InDoubtView;

/** The list of transactions in doubt. */
@Named
@ViewScoped
public class TransactionsPage implements Serializable {

  @EJB private InDoubt inDoubt;

  private transient List<InDoubtView> found = List.of();

  public void load() {
    found = inDoubt.list();
  }

  public List<InDoubtView> getFound() {
    return found;
  }
}
