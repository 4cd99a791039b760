package org.millrace.web.resource;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Page;
import org.millrace.api.operation.TaskView;
import org.millrace.api.operation.Tasks;
import org.millrace.web.json.Variables;

/** Human tasks. */
@Path("/tasks")
@RequestScoped
public class TasksResource {

  @EJB Tasks tasks;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public List<TaskView> find(
      @QueryParam("user") @Nullable String user,
      @QueryParam("group") @Nullable String group,
      @QueryParam("from") @Nullable String from,
      @QueryParam("size") @Nullable String size) {
    Part part = Part.of(from, size, Page.MAX_SIZE);
    return tasks
        .find(InstanceSearch.given(user), InstanceSearch.given(group), part.from(), part.size())
        .items();
  }

  @POST
  @Path("/{id}/claim")
  public void claim(@PathParam("id") String id) {
    tasks.claim(id);
  }

  @POST
  @Path("/{id}/complete")
  @Consumes(MediaType.APPLICATION_JSON)
  public void complete(@PathParam("id") String id, Variables variables) {
    tasks.complete(id, variables.values());
  }
}
