package org.millrace.operation;

import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.Expiry;

/** What the housekeeper has done, each call in a transaction of its own. */
@Stateless
@LocalBean
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Deletions {

  @Inject private Expiry expiry;
  @Inject private ArchiveFiles archive;

  /** Deletes some instances, archived first; returns whether there may be more. */
  public boolean deleteInstances() {
    return expiry.deleteInstances(archive::write);
  }

  /** Forgets some requests; returns whether there may be more. */
  public boolean forgetRequests() {
    return expiry.forgetRequests();
  }

  /** When there is something again; null if never. */
  public @Nullable Instant next() {
    return expiry.next();
  }
}
