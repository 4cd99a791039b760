package org.millrace.web.access;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import org.millrace.web.problem.ProblemDocument;

/**
 * Lets through who sent credentials that the server accepted, before anything is told about what
 * there is. A session of the pages does not count: browsers send it along for other sites too.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public class Authenticated implements ContainerRequestFilter {

  static final String CHALLENGE = "Basic realm=\"Millrace\", charset=\"UTF-8\"";

  @Override
  public void filter(ContainerRequestContext request) {
    if (!SecurityContext.BASIC_AUTH.equals(
        request.getSecurityContext().getAuthenticationScheme())) {
      request.abortWith(
          problem().response().header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE).build());
    }
  }

  static ProblemDocument problem() {
    return ProblemDocument.of(401, "send the name and password of a user, as HTTP Basic");
  }
}
