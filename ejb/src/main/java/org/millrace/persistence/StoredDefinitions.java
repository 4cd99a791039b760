package org.millrace.persistence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.DefinitionView;
import org.millrace.execution.DefinitionStore;

/** Deployed documents. */
@Singleton
class StoredDefinitions implements DefinitionStore {

  private static final String PROCESS = "process";

  private final Database database;

  @Inject
  StoredDefinitions(Database database) {
    this.database = database;
  }

  @Override
  public @Nullable Deployed newestForUpdate(String process) {
    return database.with(
        session -> {
          session
              .createNativeQuery(
                  "select id from millrace_deployment_lock where id = 1 for update", Integer.class)
              .getSingleResult();
          return newest(session, process);
        });
  }

  private static @Nullable Deployed newest(StatelessSession session, String process) {
    return session
        .createSelectionQuery(
            """
            select new org.millrace.execution.DefinitionStore$Deployed(
              d.id.process, d.id.version, d.name, d.deployedAt, d.digest)
            from DefinitionRow d
            where d.id.process = :process
            order by d.id.version desc
            """,
            Deployed.class)
        .setParameter("process", process)
        .setMaxResults(1)
        .getSingleResultOrNull();
  }

  @Override
  public void insert(Deployed definition, @Nullable String resource, byte[] xml) {
    DefinitionRow row = new DefinitionRow();
    row.id = new DefinitionRow.Id(definition.process(), definition.version());
    row.kind = PROCESS;
    row.name = definition.name();
    row.resource = resource;
    row.digest = definition.digest();
    row.xml = xml;
    row.deployedAt = definition.at();
    database.with(session -> session.insert(row));
  }

  @Override
  public byte @Nullable [] xml(String process, int version) {
    DefinitionRow row =
        database.with(
            session -> session.get(DefinitionRow.class, new DefinitionRow.Id(process, version)));
    return row == null ? null : row.xml;
  }

  @Override
  public int newestVersion(String process) {
    Integer version =
        database.with(
            session ->
                session
                    .createSelectionQuery(
                        "select max(d.id.version) from DefinitionRow d"
                            + " where d.id.process = :process",
                        Integer.class)
                    .setParameter("process", process)
                    .getSingleResult());
    return version == null ? 0 : version;
  }

  @Override
  public int versionBeside(String process, String other, int otherVersion) {
    return database.with(
        session ->
            session
                .createSelectionQuery(
                    """
                    select coalesce(
                      max(case when d.digest = o.digest then d.id.version end),
                      max(case when d.deployedAt <= o.deployedAt then d.id.version end),
                      min(d.id.version),
                      0)
                    from DefinitionRow d, DefinitionRow o
                    where d.id.process = :process
                      and o.id.process = :other
                      and o.id.version = :otherVersion
                    """,
                    Integer.class)
                .setParameter("process", process)
                .setParameter("other", other)
                .setParameter("otherVersion", otherVersion)
                .getSingleResult());
  }

  @Override
  public List<DefinitionView> list() {
    return database.with(
        session ->
            session
                .createSelectionQuery(
                    """
                    select new org.millrace.api.operation.DefinitionView(
                      d.kind, d.id.process, d.id.version, d.name, d.deployedAt)
                    from DefinitionRow d
                    order by d.deployedAt desc, d.id.process, d.id.version desc
                    """,
                    DefinitionView.class)
                .list());
  }

  @Override
  public void listenForStarts(String process, Map<String, String> elements) {
    database.with(
        session -> {
          session
              .createMutationQuery("delete from StartMessageRow s where s.id.process = :process")
              .setParameter("process", process)
              .executeUpdate();
          elements.forEach(
              (message, element) -> {
                StartMessageRow row = new StartMessageRow();
                row.id = new StartMessageRow.Id(message, process);
                row.element = element;
                session.insert(row);
              });
          return null;
        });
  }

  @Override
  public List<MessageStart> startedBy(String message) {
    return database.with(
        session ->
            session
                .createSelectionQuery(
                    """
                    select s.id.process, s.element from StartMessageRow s
                    where s.id.message = :message
                    order by s.id.process
                    """,
                    MessageStart.class)
                .setParameter("message", message)
                .list());
  }
}
