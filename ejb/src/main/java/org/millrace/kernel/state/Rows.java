package org.millrace.kernel.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a state consists of, of one kind, by id. Ids are given out in order, so the order of ids is
 * that in which the rows came into being. Whatever has changed since a mark can be taken back, at
 * the cost of what has changed.
 */
final class Rows<T> {

  private record Change<T>(int id, @Nullable T before) {}

  private final ToIntFunction<T> id;
  private final TreeMap<Integer, T> rows = new TreeMap<>();
  private final List<Change<T>> changes = new ArrayList<>();
  private final List<Index<T, ?>> indexes = new ArrayList<>();

  Rows(ToIntFunction<T> id) {
    this.id = id;
  }

  /** What the rows have in common by which they are found. */
  <K> Index<T, K> by(Function<T, K> key) {
    Index<T, K> index = new Index<>(this, key);
    indexes.add(index);
    return index;
  }

  /** Begins with these, which are not taken back. */
  void begin(List<T> all) {
    all.forEach(row -> rows.put(id.applyAsInt(row), row));
  }

  int idOf(T row) {
    return id.applyAsInt(row);
  }

  @Nullable T get(int key) {
    return rows.get(key);
  }

  Collection<T> all() {
    return Collections.unmodifiableCollection(rows.values());
  }

  void put(T row) {
    int key = id.applyAsInt(row);
    changes.add(new Change<>(key, set(key, row)));
  }

  void remove(int key) {
    changes.add(new Change<>(key, set(key, null)));
  }

  void replaceAll(UnaryOperator<T> with) {
    List.copyOf(rows.values()).forEach(row -> put(with.apply(row)));
  }

  private @Nullable T set(int key, @Nullable T row) {
    T before = row == null ? rows.remove(key) : rows.put(key, row);
    for (Index<T, ?> index : indexes) {
      index.replace(key, before, row);
    }
    return before;
  }

  int mark() {
    return changes.size();
  }

  void backTo(int mark) {
    while (changes.size() > mark) {
      Change<T> last = changes.remove(changes.size() - 1);
      set(last.id(), last.before());
    }
  }
}
