package org.millrace.web.resource;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.InstanceSummary;
import org.millrace.api.operation.InstanceView;
import org.millrace.api.operation.Instances;
import org.millrace.api.operation.Migrations;
import org.millrace.api.operation.Modification;
import org.millrace.api.operation.Page;
import org.millrace.api.operation.StartRequest;
import org.millrace.api.operation.WaitView;
import org.millrace.web.json.Variables;

/** Runs of processes. */
@Path("/instances")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class InstancesResource {

  @EJB Instances instances;
  @EJB Migrations migrations;

  /** The body of a start; see {@link StartRequest}. */
  public record Start(
      String process,
      @Nullable Integer version,
      @Nullable String businessKey,
      @Nullable String requestId,
      @Nullable Variables variables) {
    public Start {
      Require.present("process", process);
    }
  }

  /** What was started. */
  public record Started(String id) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response start(Start start) {
    String id =
        instances.start(
            new StartRequest(
                start.process,
                start.version,
                start.businessKey,
                start.requestId,
                StartRequest.DEFAULT_PRIORITY,
                Variables.orNone(start.variables)));
    return Response.created(URI.create("instances/" + id)).entity(new Started(id)).build();
  }

  @GET
  public Page<InstanceSummary> find(
      @QueryParam("process") @Nullable String process,
      @QueryParam("businessKey") @Nullable String businessKey,
      @QueryParam("state") @Nullable String state,
      @QueryParam("activity") @Nullable String activity,
      @QueryParam("variable") @Nullable String variable,
      @QueryParam("from") @Nullable String from,
      @QueryParam("size") @Nullable String size) {
    return instances.find(
        InstanceSearch.of(process, businessKey, state, activity, variable, from, size));
  }

  @GET
  @Path("/{id}")
  public InstanceView get(@PathParam("id") String id) {
    return instances.get(id);
  }

  @GET
  @Path("/{id}/waits")
  public List<WaitView> waits(@PathParam("id") String id) {
    return instances.waits(id);
  }

  @GET
  @Path("/{id}/called")
  public List<String> called(@PathParam("id") String id) {
    return instances.called(id);
  }

  @POST
  @Path("/{id}/cancel")
  public void cancel(@PathParam("id") String id) {
    instances.cancel(id);
  }

  @POST
  @Path("/{id}/suspend")
  public void suspend(@PathParam("id") String id) {
    instances.suspend(id);
  }

  @POST
  @Path("/{id}/resume")
  public void resume(@PathParam("id") String id) {
    instances.resume(id);
  }

  /** The body of a modification; see {@link Modification}. */
  public record Modify(
      @Nullable List<String> cancel,
      @Nullable List<String> startBefore,
      @Nullable Variables variables) {

    Modification modification() {
      return new Modification(
          cancel == null ? List.of() : Require.noNulls("cancel", cancel),
          startBefore == null ? List.of() : Require.noNulls("startBefore", startBefore),
          Variables.orNone(variables));
    }
  }

  @POST
  @Path("/{id}/modify")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response modify(
      @PathParam("id") String id, @QueryParam("dryRun") @Nullable String dryRun, Modify modify) {
    if (Require.flag("dryRun", dryRun)) {
      return Response.ok(instances.previewModification(id, modify.modification())).build();
    }
    instances.modify(id, modify.modification());
    return Response.noContent().build();
  }

  /** The body of a migration; see {@link Migrations.Target}. */
  public record Migrate(Integer version, @Nullable Map<String, String> mapping) {
    public Migrate {
      Require.present("version", version);
    }

    Migrations.Target target() {
      return new Migrations.Target(version, Require.mapping(mapping));
    }
  }

  @POST
  @Path("/{id}/migrate")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response migrate(
      @PathParam("id") String id, @QueryParam("dryRun") @Nullable String dryRun, Migrate migrate) {
    if (Require.flag("dryRun", dryRun)) {
      return Response.ok(migrations.preview(id, migrate.target())).build();
    }
    migrations.migrate(id, migrate.target());
    return Response.noContent().build();
  }

  @PUT
  @Path("/{id}/variables")
  @Consumes(MediaType.APPLICATION_JSON)
  public void setVariables(@PathParam("id") String id, Variables variables) {
    instances.setVariables(id, variables.values());
  }
}
