package org.millrace.web.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;

/**
 * Answers programs whose password is wrong. The server lets all its mechanisms answer then, and the
 * form's answer is to forward to the login page, in a new session that remembers the request. A
 * program gets its challenge instead, and leaves nothing behind.
 */
@WebFilter(urlPatterns = "/*", dispatcherTypes = DispatcherType.FORWARD)
public class NoLoginPage extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!isForPrograms(request)) {
      chain.doFilter(request, response);
      return;
    }
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, Authenticated.CHALLENGE);
    ProblemsForErrors.write(response, Authenticated.problem());
  }

  private static boolean isForPrograms(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.FORWARD_SERVLET_PATH) instanceof String path
        && path.startsWith("/api");
  }
}
