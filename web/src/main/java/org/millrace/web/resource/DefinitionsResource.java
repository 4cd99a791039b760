package org.millrace.web.resource;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.millrace.api.operation.DefinitionView;
import org.millrace.api.operation.Definitions;
import org.millrace.web.json.RequestBody;

/** What is deployed. */
@Path("/definitions")
@RequestScoped
public class DefinitionsResource {

  @EJB Definitions definitions;

  /** One process or decision of a document just deployed. */
  public record Deployed(String kind, String id, int version) {}

  /** Takes the document in any media type: tools disagree about what BPMN is. */
  @POST
  @Produces(MediaType.APPLICATION_JSON)
  public Response deploy(@Context HttpHeaders headers, InputStream document) throws IOException {
    List<Deployed> deployed =
        definitions.deploy(null, RequestBody.read(headers.getRequestHeaders(), document)).stream()
            .map(view -> new Deployed(view.kind(), view.id(), view.version()))
            .toList();
    return Response.status(Response.Status.CREATED).entity(deployed).build();
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public List<DefinitionView> list() {
    return definitions.list();
  }

  @GET
  @Path("/{id}/{version}/xml")
  @Produces(MediaType.APPLICATION_XML)
  public byte[] xml(@PathParam("id") String id, @PathParam("version") int version) {
    return definitions.xml(id, version);
  }
}
