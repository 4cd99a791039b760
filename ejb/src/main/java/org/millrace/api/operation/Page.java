package org.millrace.api.operation;

import java.util.List;

/**
 * A part of a longer list.
 *
 * @param total how many there are altogether
 */
public record Page<T>(long total, List<T> items) {

  /** How many items a part has at most. */
  public static final int MAX_SIZE = 500;

  public Page {
    items = List.copyOf(items);
  }
}
