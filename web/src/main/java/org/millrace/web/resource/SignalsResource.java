package org.millrace.web.resource;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Signals;
import org.millrace.web.json.Variables;

/** BPMN signals from outside. */
@Path("/signals")
@RequestScoped
public class SignalsResource {

  @EJB Signals signals;

  /** The body of a signal. */
  public record Signal(String signal, @Nullable Variables variables) {
    public Signal {
      Require.present("signal", signal);
    }
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public void send(Signal signal) {
    signals.send(signal.signal, Variables.orNone(signal.variables));
  }
}
