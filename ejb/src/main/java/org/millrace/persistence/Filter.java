package org.millrace.persistence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
