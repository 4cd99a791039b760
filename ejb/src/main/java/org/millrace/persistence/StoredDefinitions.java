package org.millrace.persistence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.DefinitionView;
import org.millrace.execution.DefinitionStore;

/** Deployed documents. */
@Singleton
class StoredDefinitions implements DefinitionStore {

  private static final String LOCK =
      "select id from millrace_deployment_lock where id = 1 for update";

  /**
   * A crash can have left a deployment in doubt: so longer than the recovery takes, where H2 waits
   * ten seconds for a lock. PostgreSQL waits as long as the transaction may last.
   */
  private static final String PATIENTLY = " wait 60";

  private final Database database;
  private final Together together;

  @Inject
  StoredDefinitions(Database database, Together together) {
    this.database = database;
    this.together = together;
  }

  @Override
  public @Nullable Deployed newestForUpdate(String id) {
    return database.with(
        session -> {
          session
              .createNativeQuery(
                  Database.isPostgresql(session) ? LOCK : LOCK + PATIENTLY, Integer.class)
              .getSingleResult();
          return newest(session, id);
        });
  }

  /**
   * Without its document, as whatever is the first of many here: H2 sorts all of them, and
   * remembers each large value that it has read so for minutes.
   */
  private static @Nullable Deployed newest(StatelessSession session, String id) {
    Object[] row =
        session
            .createSelectionQuery(
                """
                select d.kind, d.id.version, d.name, d.deployedAt, d.digest, d.tag, d.namespace
                from DefinitionRow d
                where d.id.process = :id
                order by d.id.version desc
                """,
                Object[].class)
            .setParameter("id", id)
            .setMaxResults(1)
            .getSingleResultOrNull();
    return row == null
        ? null
        : new Deployed(
            Kind.valueOf(((String) row[0]).toUpperCase(Locale.ROOT)),
            id,
            (Integer) row[1],
            (String) row[2],
            (Instant) row[3],
            (String) row[4],
            (String) row[5],
            (String) row[6]);
  }

  @Override
  public void insert(Deployed definition, @Nullable String resource, byte[] xml) {
    DefinitionRow row = new DefinitionRow();
    row.id = new DefinitionRow.Id(definition.id(), definition.version());
    row.kind = definition.kind().word();
    row.name = definition.name();
    row.resource = resource;
    row.digest = definition.digest();
    row.xml = xml;
    row.tag = definition.tag();
    row.namespace = definition.namespace();
    row.deployedAt = definition.at();
    database.with(session -> session.insert(row));
  }

  @Override
  public byte @Nullable [] xml(String id, int version) {
    return database.with(session -> xml(session, new DefinitionRow.Id(id, version)));
  }

  private static byte @Nullable [] xml(StatelessSession session, DefinitionRow.@Nullable Id id) {
    DefinitionRow row = id == null ? null : session.get(DefinitionRow.class, id);
    return row == null ? null : row.xml;
  }

  @Override
  public byte @Nullable [] imported(String namespace, String decision, int version) {
    return database.with(
        session ->
            xml(
                session,
                session
                    .createSelectionQuery(
                        """
                        select d.id from DefinitionRow d, DefinitionRow o
                        where d.namespace = :namespace
                          and o.id.process = :decision
                          and o.id.version = :version
                        order by
                          case when d.deployedAt <= o.deployedAt then 0 else 1 end,
                          d.deployedAt desc,
                          d.id.version desc
                        """,
                        DefinitionRow.Id.class)
                    .setParameter("namespace", namespace)
                    .setParameter("decision", decision)
                    .setParameter("version", version)
                    .setMaxResults(1)
                    .getSingleResultOrNull()));
  }

  @Override
  public byte @Nullable [] newestImported(String namespace) {
    return database.with(
        session ->
            xml(
                session,
                session
                    .createSelectionQuery(
                        "select d.id from DefinitionRow d where d.namespace = :namespace"
                            + " order by d.deployedAt desc, d.id.version desc",
                        DefinitionRow.Id.class)
                    .setParameter("namespace", namespace)
                    .setMaxResults(1)
                    .getSingleResultOrNull()));
  }

  /** A question whose answer is the same for all starts of a group. */
  private record NewestVersion(String process) {}

  /** Likewise for all messages. */
  private record StartedBy(String message) {}

  @Override
  public int newestVersion(String process) {
    return together.once(new NewestVersion(process), () -> newest(Kind.PROCESS, process));
  }

  @Override
  public int newestDecision(String decision) {
    return newest(Kind.DECISION, decision);
  }

  private int newest(Kind kind, String id) {
    return database.with(
        session ->
            session
                .createSelectionQuery(
                    "select coalesce(max(d.id.version), 0) from DefinitionRow d"
                        + " where d.id.process = :id and d.kind = :kind",
                    Integer.class)
                .setParameter("id", id)
                .setParameter("kind", kind.word())
                .getSingleResult());
  }

  @Override
  public int newestTagged(Kind kind, String id, String tag) {
    return database.with(
        session ->
            session
                .createSelectionQuery(
                    "select coalesce(max(d.id.version), 0) from DefinitionRow d"
                        + " where d.id.process = :id and d.kind = :kind and d.tag = :tag",
                    Integer.class)
                .setParameter("id", id)
                .setParameter("kind", kind.word())
                .setParameter("tag", tag)
                .getSingleResult());
  }

  @Override
  public int versionBeside(String id, String other, int otherVersion) {
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
                    where d.id.process = :id
                      and o.id.process = :other
                      and o.id.version = :otherVersion
                    """,
                    Integer.class)
                .setParameter("id", id)
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
    return together.once(new StartedBy(message), () -> findStartedBy(message));
  }

  private List<MessageStart> findStartedBy(String message) {
    return database.with(
        session ->
            session
                .createSelectionQuery(
                    """
                    select s.id.process, s.element from StartMessageRow s
                    where s.id.message = :message
                    order by
                      (select max(d.deployedAt) from DefinitionRow d
                        where d.id.process = s.id.process) desc nulls last,
                      s.id.process
                    """,
                    MessageStart.class)
                .setParameter("message", message)
                .list());
  }
}
