package org.millrace.persistence;

import java.time.Instant;
import java.util.List;
import org.hibernate.StatelessSession;

/** What has had its time. */
final class Expired {

  private Expired() {}

  /**
   * Locks rows that have expired, the oldest first. Those that somebody else has locked are left to
   * him: nobody waits.
   *
   * @param table has an {@code id} and {@code expires_at}
   * @return their ids
   */
  static List<String> lock(StatelessSession session, String table, Instant now, int atMost) {
    return session
        .createNativeQuery(
            """
            select id from %s where expires_at <= :now
            order by expires_at fetch first :atMost rows only for update skip locked
            """
                .formatted(table),
            String.class)
        .setParameter("now", now)
        .setParameter("atMost", atMost)
        .list();
  }
}
