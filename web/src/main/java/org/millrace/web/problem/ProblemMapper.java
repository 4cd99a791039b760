package org.millrace.web.problem;

import jakarta.ejb.EJBAccessException;
import jakarta.resource.ResourceException;
import jakarta.transaction.RollbackException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.api.operation.Refusal;

/**
 * Turns whatever was thrown into a problem document. What nobody foresaw is logged under an id, and
 * the client is told that id and nothing else.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

  private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());

  @Override
  public Response toResponse(Throwable thrown) {
    // Containers wrap: the first exception in the chain that says something is the one meant.
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      ProblemDocument foreseen = foreseen(cause);
      if (foreseen != null) {
        return foreseen.response().build();
      }
    }
    if (thrown instanceof WebApplicationException http && http.getResponse().getStatus() < 500) {
      return of(http.getResponse());
    }
    return unforeseen(thrown);
  }

  private static @Nullable ProblemDocument foreseen(Throwable thrown) {
    if (thrown instanceof Refusal refusal) {
      return ProblemDocument.of(status(refusal.kind()), said(refusal));
    }
    if (thrown instanceof DeploymentRefused refused) {
      return ProblemDocument.of(422, "the document cannot be deployed; see its problems")
          .withProblems(refused.problems());
    }
    if (thrown instanceof ProblemException problem) {
      return ProblemDocument.of(problem.status(), said(problem));
    }
    if (thrown instanceof EJBAccessException) {
      return ProblemDocument.of(403, "the caller lacks the role that this needs");
    }
    if (thrown instanceof RollbackException) {
      LOG.log(Level.WARNING, "a transaction was rolled back at its commit", thrown);
      return ProblemDocument.of(503, "the change was rolled back at its commit; try again");
    }
    if (thrown instanceof ResourceException || isConnectionLost(thrown)) {
      LOG.log(Level.WARNING, "a request found no connection: {0}", root(thrown));
      return ProblemDocument.of(
          503, "the server has no connection to its database, or to its broker; try again");
    }
    return null;
  }

  /** By the classes of SQLSTATE: 08 is the standard's, 57P is a PostgreSQL that ends or begins. */
  private static boolean isConnectionLost(Throwable thrown) {
    String state = thrown instanceof SQLException sql ? sql.getSQLState() : null;
    return state != null && (state.startsWith("08") || state.startsWith("57P"));
  }

  private static String root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static int status(Refusal.Kind kind) {
    return switch (kind) {
      case INVALID -> 400;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
    };
  }

  private static String said(Exception e) {
    return e.getMessage() == null ? "no reason was given" : e.getMessage();
  }

  /** What Jakarta REST answers by itself: no such resource, method or media type. */
  private static Response of(Response answer) {
    int status = answer.getStatus();
    if (status < 400) {
      return answer;
    }
    String detail =
        switch (status) {
          case 404 -> "there is no such resource";
          case 405 -> "the resource does not take this method";
          case 406 -> "the resource cannot answer in an accepted media type";
          case 415 -> "the resource does not take this media type; it takes application/json";
          default -> "the request cannot be understood";
        };
    Response.ResponseBuilder response = ProblemDocument.of(status, detail).response();
    String allowed = answer.getHeaderString(HttpHeaders.ALLOW);
    return (allowed == null ? response : response.header(HttpHeaders.ALLOW, allowed)).build();
  }

  private static Response unforeseen(Throwable thrown) {
    String id = UUID.randomUUID().toString();
    LOG.log(Level.ERROR, "request failed, problem " + id, thrown);
    return ProblemDocument.of(500, "the server failed; its log tells more under problem " + id)
        .withInstance("urn:uuid:" + id)
        .response()
        .build();
  }
}
