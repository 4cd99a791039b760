package org.millrace.web.resource;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.EventRequest;
import org.millrace.api.operation.EventResult;
import org.millrace.api.operation.Events;
import org.millrace.web.json.Variables;

/** BPMN messages from outside. */
@Path("/events")
@RequestScoped
public class EventsResource {

  @EJB Events events;

  /** The body of an event; see {@link EventRequest}. */
  public record Event(
      String message,
      @Nullable String businessKey,
      @Nullable String instanceId,
      @Nullable String correlationKey,
      @Nullable String requestId,
      @Nullable Variables variables,
      @Nullable Long timeToLive) {
    public Event {
      Require.present("message", message);
      if (timeToLive != null && timeToLive < 0) {
        throw Require.invalid("timeToLive: must not be less than 0");
      }
    }
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public EventResult send(Event event) {
    return events.send(
        new EventRequest(
            event.message,
            event.businessKey,
            event.instanceId,
            event.correlationKey,
            event.requestId,
            event.timeToLive == null ? 0 : event.timeToLive,
            Variables.orNone(event.variables)));
  }
}
