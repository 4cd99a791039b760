package org.millrace.messaging;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;

/** Ready is who can take a message and write what comes of it; why not is in the log. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Readiness {

  @Inject private Outage outage;

  /** What stands in the way just now, and whether it goes by itself; by resource. */
  public Map<String, String> troubles() {
    Map<String, String> troubles = new TreeMap<>();
    if (outage.isAway()) {
      troubles.put("database", "cannot be written, see the log");
    }
    return troubles;
  }
}
