package org.millrace.messaging;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.millrace.execution.BegunStore;

/** Puts on record what is begun, in a transaction of its own: it stays when the server ends. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Begun {

  /** This run of the server, or of the engine in it. */
  private static final String LIFE = UUID.randomUUID().toString();

  @Inject private BegunStore store;

  /** How many earlier runs of the server have ended in the middle of it, while it was alone. */
  public int begin(String id) {
    return store.begin(id, LIFE);
  }

  /** These are begun as one group. */
  public void beginTogether(Collection<String> ids) {
    store.beginTogether(ids, LIFE);
  }

  /** What earlier runs of the server have begun and not ended. */
  public Set<String> unended() {
    return store.unended(LIFE);
  }
}
