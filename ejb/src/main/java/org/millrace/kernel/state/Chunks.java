package org.millrace.kernel.state;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * A list that nobody changes, from which another is made that differs in one element, at the cost
 * of a small part of it: both have all other parts in common.
 */
final class Chunks<E extends @Nullable Object> extends AbstractList<E> implements RandomAccess {

  private static final int CHUNK = 128;

  /** All are full but the last. */
  private final @Nullable Object[][] chunks;

  private final int size;

  private Chunks(@Nullable Object[][] chunks, int size) {
    this.chunks = chunks;
    this.size = size;
  }

  private static <E extends @Nullable Object> Chunks<E> of(List<E> list) {
    if (list instanceof Chunks<E> chunked) {
      return chunked;
    }
    @Nullable Object[][] chunks = new @Nullable Object[(list.size() + CHUNK - 1) / CHUNK][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = list.subList(i * CHUNK, Math.min(list.size(), (i + 1) * CHUNK)).toArray();
    }
    return new Chunks<>(chunks, list.size());
  }

  /** The list with this element at its end. */
  static <E extends @Nullable Object> List<E> append(List<E> list, E element) {
    return of(list).set(list.size(), element, list.size() + 1);
  }

  /** The list with this element in another's place. */
  static <E extends @Nullable Object> List<E> replace(List<E> list, int index, E element) {
    return of(list).set(index, element, list.size());
  }

  private Chunks<E> set(int index, E element, int newSize) {
    int chunk = index / CHUNK;
    @Nullable Object[][] changed = Arrays.copyOf(chunks, (newSize + CHUNK - 1) / CHUNK);
    @Nullable Object[] before = chunk < chunks.length ? chunks[chunk] : new @Nullable Object[0];
    changed[chunk] = Arrays.copyOf(before, Math.max(before.length, index % CHUNK + 1));
    changed[chunk][index % CHUNK] = element;
    return new Chunks<>(changed, newSize);
  }

  @Override
  @SuppressWarnings("unchecked") // Nothing but E is put in.
  public E get(int index) {
    if (index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return (E) chunks[index / CHUNK][index % CHUNK];
  }

  @Override
  public int size() {
    return size;
  }
}
