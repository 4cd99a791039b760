package org.millrace.persistence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.hibernate.StatelessSession;
import org.millrace.execution.BegunStore;

/** What was begun. One message is delivered to one bean at a time: so nobody else has its row. */
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
                    deaths = case when life = :life then deaths else deaths + 1 end
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

  @Override
  public void end(String id) {
    database.with(
        session ->
            session
                .createNativeMutationQuery("delete from millrace_begun where id = :id")
                .setParameter("id", id)
                .executeUpdate());
  }
}
