package org.millrace.web.access;

import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import org.millrace.web.problem.ProblemException;

/**
 * Refuses changes that a browser makes for another site: it may remember Basic credentials and send
 * them along unasked. Programs do not send the header that is looked at.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHORIZATION)
public class SameSite implements ContainerRequestFilter {

  private static final Set<String> OWN = Set.of("same-origin", "none");
  private static final Set<String> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  @Override
  public void filter(ContainerRequestContext request) {
    String site = request.getHeaderString("Sec-Fetch-Site");
    if (site != null && !OWN.contains(site) && !SAFE.contains(request.getMethod())) {
      throw new ProblemException(403, "a page of another site may not change anything here");
    }
  }
}
