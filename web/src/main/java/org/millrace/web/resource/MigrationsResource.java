package org.millrace.web.resource;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Migrations;

/** Many instances that go on in another version. */
@Path("/migrations")
@RequestScoped
public class MigrationsResource {

  @EJB Migrations migrations;

  /** Which instances, and where to; see {@link Migrations#migrateAll}. */
  public record Migration(
      String process,
      Integer from,
      Integer to,
      @Nullable Map<String, String> mapping,
      @Nullable Boolean dryRun) {
    public Migration {
      Require.present("process", process);
      Require.present("from", from);
      Require.present("to", to);
    }
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Migrations.Outcome migrate(Migration migration) {
    return migrations.migrateAll(
        migration.process,
        migration.from,
        new Migrations.Target(migration.to, Require.mapping(migration.mapping)),
        Boolean.TRUE.equals(migration.dryRun));
  }
}
