package org.millrace.web.resource;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The description of all this, for any user. */
@Path("/openapi")
public class OpenApiResource {

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public byte[] document() throws IOException {
    try (InputStream document = OpenApiResource.class.getResourceAsStream("openapi.json")) {
      return Objects.requireNonNull(document, "openapi.json lies beside this class").readAllBytes();
    }
  }
}
