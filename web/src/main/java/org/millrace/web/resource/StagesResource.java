package org.millrace.web.resource;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.millrace.api.operation.StageView;
import org.millrace.api.operation.Stages;

/** The stages and their delivery. */
@Path("/stages")
@RequestScoped
public class StagesResource {

  @EJB Stages stages;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public List<StageView> list() {
    return stages.list();
  }

  @POST
  @Path("/{stage}/pause")
  public void pause(@PathParam("stage") String stage) {
    stages.pause(stage);
  }

  @POST
  @Path("/{stage}/resume")
  public void resume(@PathParam("stage") String stage) {
    stages.resume(stage);
  }
}
