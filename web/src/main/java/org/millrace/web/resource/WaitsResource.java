package org.millrace.web.resource;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Instances;
import org.millrace.api.operation.Trigger;
import org.millrace.web.json.Variables;

/** What instances wait for. */
@Path("/waits")
@RequestScoped
public class WaitsResource {

  @EJB Instances instances;

  /** An answer by hand; see {@link Trigger}. */
  public record Answer(
      @Nullable String outcome,
      @Nullable String errorCode,
      @Nullable String errorMessage,
      @Nullable String escalationCode,
      @Nullable Variables variables) {}

  @POST
  @Path("/{id}/trigger")
  @Consumes(MediaType.APPLICATION_JSON)
  public void trigger(@PathParam("id") String id, Answer answer) {
    instances.trigger(
        id,
        new Trigger(
            answer.outcome,
            answer.errorCode,
            answer.errorMessage,
            answer.escalationCode,
            Variables.orNone(answer.variables)));
  }
}
