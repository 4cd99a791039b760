package org.millrace.web.page;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.Page;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/**
 * The rows of a list, however long, a part at a time. One call brings both a part of the list and
 * the total, and is not made twice for one part.
 */
final class Rows<T> extends LazyDataModel<T> {

  /** Asks the service; null if it refuses. */
  @FunctionalInterface
  interface Source<T> extends Serializable {
    @Nullable Page<T> find(int from, int size);
  }

  private final Source<T> source;
  private int first;
  private int size;
  private transient @Nullable Page<T> page;

  Rows(Source<T> source) {
    this.source = source;
  }

  /** Loads the first part to be shown: before anything is drawn, so that a refusal is shown too. */
  void load(@Nullable Integer from, int size) {
    load(from == null ? 0 : Math.max(0, from), size, Map.of(), Map.of());
  }

  @Override
  public List<T> load(
      int first, int size, Map<String, SortMeta> sorts, Map<String, FilterMeta> filters) {
    Page<T> found = page;
    if (found == null || first != this.first || size != this.size) {
      Page<T> asked = source.find(first, size);
      found = asked == null ? new Page<>(0, List.of()) : asked;
      page = found;
      this.first = first;
      this.size = size;
    }
    setRowCount(Math.toIntExact(found.total()));
    return found.items();
  }

  @Override
  public int count(Map<String, FilterMeta> filters) {
    return page == null ? 0 : Math.toIntExact(page.total());
  }
}
