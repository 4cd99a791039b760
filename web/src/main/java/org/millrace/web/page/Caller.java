package org.millrace.web.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Roles;
import org.omnifaces.util.Faces;

/** Who looks at the page, and what to offer them. What they may do, the services decide. */
@Named
@RequestScoped
public class Caller {

  /** Null as long as nobody has logged in. */
  public @Nullable String getName() {
    return Faces.getRemoteUser();
  }

  public boolean isKnown() {
    return Faces.getRemoteUser() != null;
  }

  public boolean isViewer() {
    return Faces.isUserInRole(Roles.VIEWER);
  }

  public boolean isOperator() {
    return Faces.isUserInRole(Roles.OPERATOR);
  }

  public boolean isAdmin() {
    return Faces.isUserInRole(Roles.ADMIN);
  }

  public boolean isUser() {
    return Faces.isUserInRole(Roles.USER);
  }

  /** Where they land after the login. */
  public String home() {
    return (isUser() && !isViewer() ? "/tasks" : "/instances") + "?faces-redirect=true";
  }

  /** Spares them a page on which every button would be refused. */
  public void need(String role) {
    if (!Faces.isUserInRole(role)) {
      Faces.responseSendError(HttpServletResponse.SC_FORBIDDEN, role);
    }
  }

  public String logout() throws ServletException {
    Faces.logout();
    Faces.invalidateSession();
    return "/login?faces-redirect=true";
  }
}
