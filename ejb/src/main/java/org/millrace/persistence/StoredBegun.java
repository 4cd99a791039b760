package org.millrace.persistence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.hibernate.StatelessSession;
import org.millrace.execution.BegunStore;

/**
 * What was begun. One message is delivered to one bean at a time: so nobody else has its row. What
 * is begun as one of many has -1 deaths: the next one, which may be any other's, makes none of it.
 */
@Singleton
class StoredBegun implements BegunStore {

  private final Database database;

  @Inject
  StoredBegun(Database database) {
    this.database = database;
  }

  @Override
  public int begin(String id, String life) {
    return database.with(
        session -> {
          if (change(
                  session,
                  """
                  update millrace_begun set life = :life,
                    deaths = case when life = :life then greatest(deaths, 0) else deaths + 1 end
                  where id = :id
                  """,
                  id,
                  life)
              == 1) {
            return session
                .createNativeQuery(
                    "select deaths from millrace_begun where id = :id", Integer.class)
                .setParameter("id", id)
                .getSingleResult();
          }
          change(
              session,
              "insert into millrace_begun (id, life, deaths) values (:id, :life, 0)",
              id,
              life);
          return 0;
        });
  }

  private static int change(StatelessSession session, String sql, String id, String life) {
    return session
        .createNativeMutationQuery(sql)
        .setParameter("id", id)
        .setParameter("life", life)
        .executeUpdate();
  }

  /** In one order for all, since work may be there twice. */
  @Override
  public void beginTogether(Collection<String> ids, String life) {
    database.with(
        session -> {
          Batch.execute(
              session,
              "insert into millrace_begun (id, life, deaths) values (?, ?, -1)"
                  + " on conflict do nothing",
              new TreeSet<>(ids),
              (statement, id) -> {
                statement.setString(1, id);
                statement.setString(2, life);
              });
          return null;
        });
  }

  @Override
  public Set<String> unended(String life) {
    return database.with(
        session ->
            Set.copyOf(
                session
                    .createNativeQuery(
                        "select id from millrace_begun where life <> :life", String.class)
                    .setParameter("life", life)
                    .getResultList()));
  }

  @Override
  public void end(Collection<String> ids) {
    if (!ids.isEmpty()) {
      database.with(
          session ->
              session
                  .createNativeMutationQuery("delete from millrace_begun where id in (:ids)")
                  .setParameterList("ids", ids)
                  .executeUpdate());
    }
  }
}
