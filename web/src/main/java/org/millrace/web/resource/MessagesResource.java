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
import org.millrace.api.operation.MessageView;
import org.millrace.api.operation.Messages;
import org.millrace.api.operation.Page;

/** Refused and dead messages. */
@Path("/messages")
@RequestScoped
public class MessagesResource {

  private static final List<String> QUEUES = List.of("rejected", "dead");

  @EJB Messages messages;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public List<MessageView> list(
      @QueryParam("queue") @Nullable String queue,
      @QueryParam("from") @Nullable String from,
      @QueryParam("size") @Nullable String size) {
    Part part = Part.of(from, size, Page.MAX_SIZE);
    if (queue == null || !QUEUES.contains(queue)) {
      throw Require.invalid("queue: must be one of " + String.join(", ", QUEUES));
    }
    return messages.list(queue, part.from(), part.size());
  }

  @POST
  @Path("/{id}/replay")
  public void replay(@PathParam("id") String id) {
    messages.replay(id);
  }
}
