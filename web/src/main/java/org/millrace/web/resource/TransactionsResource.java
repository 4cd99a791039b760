package org.millrace.web.resource;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.millrace.api.operation.InDoubt;
import org.millrace.api.operation.InDoubtView;

/** Transactions in doubt. */
@Path("/transactions")
@RequestScoped
public class TransactionsResource {

  @EJB InDoubt inDoubt;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public List<InDoubtView> list() {
    return inDoubt.list();
  }

  @POST
  @Path("/recover")
  public void recover() {
    inDoubt.recover();
  }

  @POST
  @Path("/{id}/forget")
  public void forget(@PathParam("id") String id) {
    inDoubt.forget(id);
  }
}
