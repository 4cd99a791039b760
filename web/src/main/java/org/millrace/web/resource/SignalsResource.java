package org.millrace.web.resource;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.millrace.web.problem.ProblemException;

/** BPMN signals from outside. */
@Path("/signals")
public class SignalsResource {

  @POST
  public void send() {
    throw new ProblemException(501, "signals cannot be sent yet");
  }
}
