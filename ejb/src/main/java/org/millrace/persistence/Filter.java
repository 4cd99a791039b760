package org.millrace.persistence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.query.CommonQueryContract;
import org.jspecify.annotations.Nullable;

/** The conditions of a query whose criteria may be left out. */
final class Filter {

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> parameters = new LinkedHashMap<>();

  /** Adds a condition with one parameter, written {@code ?}, unless the value is null. */
  Filter and(String condition, @Nullable Object value) {
    return value == null ? this : and(condition.replace("?", parameter(value)));
  }

  Filter and(String condition) {
    conditions.add(condition);
    return this;
  }

  /** Adds the condition that something is one of these values, unless all of them are null. */
  <T> Filter in(String path, List<T> of, Function<T, @Nullable String> value) {
    List<String> values = new ArrayList<>(of.stream().map(value).distinct().toList());
    if (values.get(0) == null) {
      return this;
    }
    // The last one again up to a power of two: so there are few statements to be kept prepared.
    while (Integer.bitCount(values.size()) != 1) {
      values.add(values.get(values.size() - 1));
    }
    return values.size() == 1
        ? and(path + " = ?", values.get(0))
        : and(
            values.stream()
                .map(this::parameter)
                .collect(Collectors.joining(", ", path + " in (", ")")));
  }

  /** The condition that a text contains one of these, letter by letter. */
  String contains(String path, Collection<String> parts) {
    return parts.stream()
        .map(part -> path + " like " + parameter("%" + escape(part) + "%") + " escape '!'")
        .collect(Collectors.joining(" or ", "(", ")"));
  }

  /** The name by which a condition takes this value. */
  String parameter(Object value) {
    String name = "p" + parameters.size();
    parameters.put(name, value);
    return ":" + name;
  }

  private static String escape(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  String where() {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  <Q extends CommonQueryContract> Q fill(Q query) {
    parameters.forEach(query::setParameter);
    return query;
  }
}
