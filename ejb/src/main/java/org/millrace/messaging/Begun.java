package org.millrace.messaging;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.UUID;
import org.millrace.execution.BegunStore;

/** Puts on record what is begun, in a transaction of its own: it stays when the server ends. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Begun {

  /** This run of the server, or of the engine in it. */
  private static final String LIFE = UUID.randomUUID().toString();

  @Inject private BegunStore store;

  /** How many earlier runs of the server have ended in the middle of it. */
  public int begin(String id) {
    return store.begin(id, LIFE);
  }
}
