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

  @EJB Messages messages;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public List<MessageView> list(
      @QueryParam("queue") @Nullable String queue,
      @QueryParam("from") @Nullable String from,
      @QueryParam("size") @Nullable String size) {
    Part part = Part.of(from, size, Page.MAX_SIZE);
    return messages.find(required(queue), part.from(), part.size()).items();
  }

  private static String required(@Nullable String queue) {
    if (queue == null || !Messages.QUEUES.contains(queue)) {
      throw Require.invalid("queue: must be one of " + String.join(", ", Messages.QUEUES));
    }
    return queue;
  }

  @POST
  @Path("/{id}/replay")
  public void replay(@PathParam("id") String id) {
    messages.replay(id);
  }

  /** How many are replayed. */
  public record Replayed(int replayed) {}

  @POST
  @Path("/replay")
  @Produces(MediaType.APPLICATION_JSON)
  public Replayed replayAll(@QueryParam("queue") @Nullable String queue) {
    return new Replayed(messages.replayAll(required(queue)));
  }
}
