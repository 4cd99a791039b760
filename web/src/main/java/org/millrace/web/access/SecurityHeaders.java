package org.millrace.web.access;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;

/** What is answered is data: not to be kept, not to be guessed at, not to be run. */
@Provider
public class SecurityHeaders implements ContainerResponseFilter {

  static final Map<String, String> ALL =
      Map.of(
          HttpHeaders.CACHE_CONTROL,
          "no-store",
          "X-Content-Type-Options",
          "nosniff",
          // A deployed document is shown as it is, and may hold a script.
          "Content-Security-Policy",
          "default-src 'none'; frame-ancestors 'none'; sandbox");

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    ALL.forEach(response.getHeaders()::putSingle);
  }
}
