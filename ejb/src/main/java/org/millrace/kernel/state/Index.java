package org.millrace.kernel.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which rows have a key in common. It says nothing that the rows do not say; it spares looking
 * through all of them. Made when it is first asked: most are never.
 */
final class Index<T, K> {

  private final Rows<T> rows;
  private final Function<T, K> key;
  private @Nullable Map<K, SortedSet<Integer>> ids;

  Index(Rows<T> rows, Function<T, K> key) {
    this.rows = rows;
    this.key = key;
  }

  private Map<K, SortedSet<Integer>> ids() {
    Map<K, SortedSet<Integer>> known = ids;
    if (known == null) {
      known = new HashMap<>();
      for (T row : rows.all()) {
        add(known, rows.idOf(row), key.apply(row));
      }
      ids = known;
    }
    return known;
  }

  private static <K> void add(Map<K, SortedSet<Integer>> to, int id, K key) {
    to.computeIfAbsent(key, one -> new TreeSet<>()).add(id);
  }

  private static <K> void remove(Map<K, SortedSet<Integer>> from, int id, K key) {
    SortedSet<Integer> some = from.get(key);
    if (some != null && some.remove(id) && some.isEmpty()) {
      from.remove(key);
    }
  }

  /** A row has come, has changed, or (null) has gone. */
  void replace(int id, @Nullable T before, @Nullable T after) {
    if (ids == null) {
      return;
    }
    K old = before == null ? null : key.apply(before);
    K next = after == null ? null : key.apply(after);
    if (old != null && !old.equals(next)) {
      remove(ids, id, old);
    }
    if (next != null && !next.equals(old)) {
      add(ids, id, next);
    }
  }

  boolean has(K wanted) {
    return ids().containsKey(wanted);
  }

  int count(K wanted) {
    SortedSet<Integer> some = ids().get(wanted);
    return some == null ? 0 : some.size();
  }

  /** In the order in which they came into being. */
  List<T> all(K wanted) {
    SortedSet<Integer> some = ids().get(wanted);
    return some == null ? List.of() : some.stream().map(this::row).toList();
  }

  @Nullable T first(K wanted) {
    SortedSet<Integer> some = ids().get(wanted);
    return some == null ? null : row(some.first());
  }

  private T row(int id) {
    T row = rows.get(id);
    if (row == null) {
      throw new IllegalStateException("no row " + id + ", though it is in the index");
    }
    return row;
  }
}
