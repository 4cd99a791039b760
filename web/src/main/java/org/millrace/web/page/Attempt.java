package org.millrace.web.page;

import jakarta.ejb.EJBAccessException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Refusal;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Messages;

/** Calls of services by pages: a refusal becomes a message on the page, never an error page. */
@ApplicationScoped
public class Attempt {

  /** Whether it was carried out; if not, the page says why. */
  public boolean done(Runnable operation) {
    return result(
            () -> {
              operation.run();
              return true;
            })
        != null;
  }

  /** Its result; null if it was not carried out, and the page says why. */
  public <T> @Nullable T result(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (Refusal refusal) {
      Messages.addGlobalError("{0}", refusal.getMessage());
    } catch (EJBAccessException e) {
      Messages.addGlobalError(Faces.getBundleString("refused.role"));
    }
    return null;
  }

  /** What a page is about; null if there is no such thing, and the answer is 404. */
  public <T> @Nullable T found(Supplier<T> read) {
    try {
      return read.get();
    } catch (Refusal refusal) {
      Faces.responseSendError(HttpServletResponse.SC_NOT_FOUND, refusal.getMessage());
      return null;
    }
  }

  /** There is nothing that the page could be about: the answer is 404. */
  public void missing(String what) {
    Faces.responseSendError(HttpServletResponse.SC_NOT_FOUND, what);
  }

  /** Says on this page why nothing was done yet. */
  public void warn(String key) {
    Messages.addGlobalWarn(Faces.getBundleString(key));
  }

  /** Says on the next page that it was done. */
  public void say(String key, Object... parameters) {
    Messages.addFlashGlobalInfo(Faces.getBundleString(key), parameters);
  }
}
