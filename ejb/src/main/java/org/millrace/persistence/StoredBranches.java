package org.millrace.persistence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.InDoubtView.Concern;
import org.millrace.execution.Branches;
import org.millrace.execution.TransactionId;

/**
 * What the database has prepared, as it tells its own user. PostgreSQL knows since when, and which
 * rows the transaction has locked; H2 knows neither.
 */
@Singleton
class StoredBranches implements Branches {

  private static final String POSTGRESQL =
      """
      select gid, prepared, cast(transaction as varchar) from pg_prepared_xacts
      where database = current_database()
      """;

  /** A row that a transaction has locked or changed bears its number until the next one comes. */
  private static final String LOCKED =
      "select id from millrace_instance where cast(xmax as varchar) = :number";

  private static final String H2 =
      "select transaction_name from information_schema.in_doubt where transaction_state ="
          + " 'IN_DOUBT'";

  private final Database database;

  @Inject
  StoredBranches(Database database) {
    this.database = database;
  }

  @Override
  public String resource() {
    return "database";
  }

  @Override
  public List<Branch> prepared() {
    return database.with(
        session -> Database.isPostgresql(session) ? inPostgresql(session) : inH2(session));
  }

  private static List<Branch> inPostgresql(StatelessSession session) {
    List<Branch> branches = new ArrayList<>();
    for (Object[] row : rowsOfPostgresql(session)) {
      TransactionId id = idInPostgresql(row);
      if (id != null) {
        branches.add(new Branch(id, (Instant) row[1], locked(session, (String) row[2])));
      }
    }
    return branches;
  }

  private static List<Object[]> rowsOfPostgresql(StatelessSession session) {
    return session.createNativeQuery(POSTGRESQL, Object[].class).getResultList();
  }

  /** The driver's form: format, global id and branch, the latter two in Base64. */
  private static @Nullable TransactionId idInPostgresql(Object[] row) {
    return id(((String) row[0]).split("_", -1), 1, Base64.getDecoder());
  }

  private static List<Concern> locked(StatelessSession session, String number) {
    return session
        .createNativeQuery(LOCKED, String.class)
        .setParameter("number", number)
        .getResultList()
        .stream()
        .map(instance -> new Concern(null, instance, null))
        .toList();
  }

  private static List<Branch> inH2(StatelessSession session) {
    List<Branch> branches = new ArrayList<>();
    for (String name : session.createNativeQuery(H2, String.class).getResultList()) {
      // XID, format, branch and global id, the latter two in Base64 for URLs.
      TransactionId id = id(name.split("\\|", -1), 3, Base64.getUrlDecoder());
      if (id != null) {
        branches.add(new Branch(id, null, List.of()));
      }
    }
    return branches;
  }

  /** Null where somebody else has named it. */
  private static @Nullable TransactionId id(String[] parts, int place, Base64.Decoder decoder) {
    if (parts.length <= place) {
      return null;
    }
    try {
      return TransactionId.of(decoder.decode(parts[place]));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
