package org.millrace.web.page;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.InDoubt;
import org.millrace.api.operation.InDoubtView;

/** The list of transactions in doubt. */
@Named
@ViewScoped
public class TransactionsPage implements Serializable {

  @EJB private InDoubt inDoubt;
  @Inject private Attempt attempt;

  private transient List<InDoubtView> found = List.of();

  public void load() {
    found = inDoubt.list();
  }

  public @Nullable String recover() {
    return after("transactions.recovered", inDoubt::recover);
  }

  public @Nullable String forget(String id) {
    return after("transaction.forgotten", () -> inDoubt.forget(id));
  }

  private @Nullable String after(String key, Runnable operation) {
    if (!attempt.done(operation)) {
      return null;
    }
    attempt.say(key);
    return "transactions?faces-redirect=true";
  }

  public List<InDoubtView> getFound() {
    return found;
  }
}
