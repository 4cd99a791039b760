package org.millrace.web.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.millrace.web.json.Json;
import org.millrace.web.problem.ProblemDocument;

/**
 * Keeps the error pages, which are for people, away from {@code /api}: what the server refuses
 * before a resource is looked for, such as an address that is no UTF-8, is a problem document too.
 */
@WebFilter(urlPatterns = "/api/*")
public class ProblemsForErrors extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(
        request,
        new HttpServletResponseWrapper(response) {
          @Override
          public void sendError(int status) throws IOException {
            write(response, ProblemDocument.of(status, "the request cannot be understood"));
          }

          @Override
          public void sendError(int status, String message) throws IOException {
            sendError(status);
          }
        });
  }

  static void write(HttpServletResponse response, ProblemDocument problem) throws IOException {
    response.setStatus(problem.status());
    SecurityHeaders.ALL.forEach(response::setHeader);
    response.setContentType(ProblemDocument.MEDIA_TYPE);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.getOutputStream().write(Json.write(problem));
  }
}
