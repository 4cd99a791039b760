package org.millrace.web.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Problem;

/**
 * The body of an error, as RFC 9457 names its members.
 *
 * @param title what the status is called
 * @param detail what was wrong with this request, for a person
 * @param instance under which id the server's log tells more; only for failures of the server
 * @param problems why a document was not deployed; only there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemDocument(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String instance,
    @Nullable List<Problem> problems) {

  /** What it is sent as. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** One that says no more than its status and this detail. */
  public static ProblemDocument of(int status, String detail) {
    Response.Status known = Response.Status.fromStatusCode(status);
    // Jakarta REST does not know this one.
    String title = known == null ? "Unprocessable Content" : known.getReasonPhrase();
    return new ProblemDocument("about:blank", title, status, detail, null, null);
  }

  ProblemDocument withInstance(String uri) {
    return new ProblemDocument(type, title, status, detail, uri, problems);
  }

  ProblemDocument withProblems(List<Problem> all) {
    return new ProblemDocument(type, title, status, detail, instance, all);
  }

  /** The answer that carries it. */
  public Response.ResponseBuilder response() {
    return Response.status(status).type(MEDIA_TYPE).entity(this);
  }
}
