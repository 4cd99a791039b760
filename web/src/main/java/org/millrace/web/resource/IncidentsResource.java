package org.millrace.web.resource;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.IncidentView;
import org.millrace.api.operation.Incidents;
import org.millrace.api.operation.Page;

/** What waits for an operator. */
@Path("/incidents")
@RequestScoped
public class IncidentsResource {

  @EJB Incidents incidents;

  /** How many are tried again. */
  public record Retried(int retried) {}

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public List<IncidentView> find(
      @QueryParam("process") @Nullable String process,
      @QueryParam("stage") @Nullable String stage,
      @QueryParam("from") @Nullable String from,
      @QueryParam("size") @Nullable String size) {
    Part part = Part.of(from, size, Page.MAX_SIZE);
    return incidents
        .find(InstanceSearch.given(process), InstanceSearch.given(stage), part.from(), part.size())
        .items();
  }

  @POST
  @Path("/{id}/retry")
  public void retry(@PathParam("id") String id) {
    incidents.retry(id);
  }

  @POST
  @Path("/retry")
  @Produces(MediaType.APPLICATION_JSON)
  public Retried retryAll(
      @QueryParam("process") @Nullable String process,
      @QueryParam("stage") @Nullable String stage) {
    return new Retried(
        incidents.retryAll(InstanceSearch.given(process), InstanceSearch.given(stage)));
  }
}
