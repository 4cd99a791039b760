package org.h2.mvstore;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a chunk of the file holds: all maps of a store as they were at one moment.
 *
 * <p>H2 itself takes the root of one map after the other while other threads go on. It may find a
 * table's map before a commit has reached it and that transaction's undo log after the commit has
 * cleared it. Whoever opens such a chunk after a kill takes these changes for undone, and the
 * changes of the same transaction in a map that was found later for done.
 */
final class OneMoment {

  private OneMoment() {}

  /**
   * Collects again until no map changed meanwhile. That comes soon: each transaction ends by
   * waiting for the lock under which this runs. Writers never wait for it, so it cannot deadlock.
   *
   * @param maps all maps but {@code meta}, as they come and go
   * @param collection marks the maps with the version that is being stored and returns their roots;
   *     may be called any number of times
   */
  static <T> T of(MVMap<?, ?> meta, Collection<MVMap<?, ?>> maps, Supplier<T> collection) {
    while (true) {
      List<RootReference<?, ?>> before = roots(meta, maps);
      T collected = collection.get();
      if (roots(meta, maps).equals(before)) {
        return collected;
      }
    }
  }

  /** Each change, also a lock, makes a new reference: only the same ones are equal. */
  private static List<RootReference<?, ?>> roots(MVMap<?, ?> meta, Collection<MVMap<?, ?>> maps) {
    List<RootReference<?, ?>> roots = new ArrayList<>();
    roots.add(meta.getRoot());
    maps.forEach(map -> roots.add(map.getRoot()));
    return roots;
  }
}
