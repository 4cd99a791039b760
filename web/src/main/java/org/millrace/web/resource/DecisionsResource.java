package org.millrace.web.resource;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.DecisionResult;
import org.millrace.api.operation.Decisions;
import org.millrace.web.json.Variables;

/** Decisions, evaluated alone. */
@Path("/decisions")
@RequestScoped
public class DecisionsResource {

  @EJB Decisions decisions;

  /** The body of an evaluation; the newest version where it names none. */
  public record Evaluate(@Nullable Variables variables, @Nullable Integer version) {}

  @POST
  @Path("/{id}/evaluate")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public DecisionResult evaluate(@PathParam("id") String id, @Nullable Evaluate evaluate) {
    return evaluate == null
        ? decisions.evaluate(id, null, Variables.orNone(null))
        : decisions.evaluate(id, evaluate.version, Variables.orNone(evaluate.variables));
  }
}
