package org.millrace.web.resource;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Archive;
import org.millrace.api.operation.Archive.Line;

/** Ended instances, a line for each. */
@Path("/archive")
@RequestScoped
public class ArchiveResource {

  static final String LINES = "application/x-ndjson";

  @EJB Archive archive;

  /** Holds no more than a page of them at a time, however many there are. */
  @GET
  @Produces(LINES)
  public Response ended(
      @QueryParam("process") @Nullable String process,
      @QueryParam("after") @Nullable String after) {
    List<Line> first = archive.next(process, after); // Refused before anything is written.
    StreamingOutput lines =
        out -> {
          List<Line> page = first;
          while (!page.isEmpty()) {
            for (Line line : page) {
              out.write((line.json() + "\n").getBytes(UTF_8));
            }
            page = archive.next(process, page.get(page.size() - 1).id());
          }
        };
    return Response.ok(lines).build();
  }
}
