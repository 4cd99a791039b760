package org.millrace.definition.expression;

import jakarta.el.ELException;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The methods that an expression can call: those by which models of other engines look at texts,
 * lists, maps, numbers and dates. Each is written out here; nothing is looked up by reflection, and
 * none changes anything.
 */
final class ElMethods {

  /** What {@code execution} stands for, where no variable has that name. */
  record Execution(Map<String, Object> variables) {}

  /** All of them, whatever they are called on; others are refused when the model is deployed. */
  static final Set<String> NAMES =
      Set.of(
          """
          getVariable getVariableLocal hasVariable getVariables
          equals toString compareTo isEmpty size length contains get indexOf
          equalsIgnoreCase startsWith endsWith toUpperCase toLowerCase trim substring concat
          containsKey containsValue keySet values
          booleanValue intValue longValue doubleValue
          plusSeconds plusMinutes plusHours plusDays plusWeeks plusMonths plusYears
          minusSeconds minusMinutes minusHours minusDays minusWeeks minusMonths minusYears
          toDate"""
              .split("\\s+"));

  private ElMethods() {}

  /**
   * Calls one.
   *
   * @throws ELException if there is no such method on such a value
   */
  static @Nullable Object call(Object base, String method, @Nullable Object... arguments) {
    try {
      return switch (method + "/" + arguments.length) {
        case "equals/1" -> equal(base, arguments[0]);
        case "toString/0" -> base.toString();
        default -> {
          if (base instanceof Execution execution) {
            yield execution(execution, method, arguments);
          } else if (base instanceof String text) {
            yield text(text, method, arguments);
          } else if (base instanceof Map<?, ?> map) {
            yield map(map, method, arguments);
          } else if (base instanceof List<?> list) {
            yield list(list, method, arguments);
          } else if (base instanceof Collection<?> collection) {
            yield collection(collection, method, arguments);
          } else if (base instanceof Number number) {
            yield number(number, method, arguments);
          } else if (base instanceof Boolean bool && method.equals("booleanValue")) {
            yield bool;
          } else if (base instanceof OffsetDateTime date) {
            yield date(date, method, arguments);
          }
          throw none(method);
        }
      };
    } catch (ClassCastException | IndexOutOfBoundsException e) {
      throw new ELException("the method " + method + " does not take that: " + e.getMessage(), e);
    }
  }

  /** Numbers are equal when they are worth the same, however they are stored. */
  private static boolean equal(Object base, @Nullable Object other) {
    return (base instanceof Number one && other instanceof Number two)
        ? compare(one, two) == 0
        : Objects.equals(base, other);
  }

  private static int compare(Number one, Number two) {
    return new BigDecimal(one.toString()).compareTo(new BigDecimal(two.toString()));
  }

  private static @Nullable Object execution(
      Execution execution, String method, @Nullable Object... arguments) {
    return switch (method + "/" + arguments.length) {
      case "getVariable/1", "getVariableLocal/1" ->
          execution.variables().get(String.valueOf(arguments[0]));
      case "hasVariable/1" -> execution.variables().containsKey(String.valueOf(arguments[0]));
      case "getVariables/0" -> execution.variables();
      default -> throw none(method);
    };
  }

  private static Object text(String text, String method, @Nullable Object... arguments) {
    return switch (method + "/" + arguments.length) {
      case "length/0", "size/0" -> text.length();
      case "isEmpty/0" -> text.isEmpty();
      case "trim/0" -> text.trim();
      case "toUpperCase/0" -> text.toUpperCase(Locale.ROOT);
      case "toLowerCase/0" -> text.toLowerCase(Locale.ROOT);
      case "contains/1" -> text.contains(string(arguments[0]));
      case "startsWith/1" -> text.startsWith(string(arguments[0]));
      case "endsWith/1" -> text.endsWith(string(arguments[0]));
      case "equalsIgnoreCase/1" -> text.equalsIgnoreCase(string(arguments[0]));
      case "indexOf/1" -> text.indexOf(string(arguments[0]));
      case "compareTo/1" -> text.compareTo(string(arguments[0]));
      case "concat/1" -> concat(text, string(arguments[0]));
      case "substring/1" -> text.substring(index(arguments[0]));
      case "substring/2" -> text.substring(index(arguments[0]), index(arguments[1]));
      default -> throw none(method);
    };
  }

  private static String concat(String text, String more) {
    if (text.length() + more.length() > BoundedInterpreter.MAX_CHARACTERS) {
      throw new ELException("it makes a text that is too long");
    }
    return text.concat(more);
  }

  private static @Nullable Object map(Map<?, ?> map, String method, @Nullable Object... arguments) {
    return switch (method + "/" + arguments.length) {
      case "get/1" -> map.get(arguments[0]);
      case "size/0" -> map.size();
      case "isEmpty/0" -> map.isEmpty();
      case "containsKey/1" -> map.containsKey(arguments[0]);
      case "containsValue/1" -> map.containsValue(arguments[0]);
      case "keySet/0" -> map.keySet();
      case "values/0" -> map.values();
      default -> throw none(method);
    };
  }

  private static @Nullable Object list(List<?> list, String method, @Nullable Object... arguments) {
    return switch (method + "/" + arguments.length) {
      case "get/1" -> list.get(index(arguments[0]));
      case "indexOf/1" -> list.indexOf(arguments[0]);
      default -> collection(list, method, arguments);
    };
  }

  private static Object collection(
      Collection<?> collection, String method, @Nullable Object... arguments) {
    return switch (method + "/" + arguments.length) {
      case "size/0" -> collection.size();
      case "isEmpty/0" -> collection.isEmpty();
      case "contains/1" -> collection.contains(arguments[0]);
      default -> throw none(method);
    };
  }

  private static Object number(Number number, String method, @Nullable Object... arguments) {
    return switch (method + "/" + arguments.length) {
      case "intValue/0" -> number.intValue();
      case "longValue/0" -> number.longValue();
      case "doubleValue/0" -> number.doubleValue();
      case "compareTo/1" -> compare(number, (Number) Objects.requireNonNull(arguments[0]));
      default -> throw none(method);
    };
  }

  private static Object date(OffsetDateTime date, String method, @Nullable Object... arguments) {
    if (method.equals("toDate") && arguments.length == 0) {
      return date;
    }
    if (arguments.length != 1) {
      throw none(method);
    }
    long amount = index(arguments[0]);
    return switch (method) {
      case "plusSeconds" -> date.plusSeconds(amount);
      case "plusMinutes" -> date.plusMinutes(amount);
      case "plusHours" -> date.plusHours(amount);
      case "plusDays" -> date.plusDays(amount);
      case "plusWeeks" -> date.plusWeeks(amount);
      case "plusMonths" -> date.plusMonths(amount);
      case "plusYears" -> date.plusYears(amount);
      case "minusSeconds" -> date.minusSeconds(amount);
      case "minusMinutes" -> date.minusMinutes(amount);
      case "minusHours" -> date.minusHours(amount);
      case "minusDays" -> date.minusDays(amount);
      case "minusWeeks" -> date.minusWeeks(amount);
      case "minusMonths" -> date.minusMonths(amount);
      case "minusYears" -> date.minusYears(amount);
      default -> throw none(method);
    };
  }

  private static String string(@Nullable Object argument) {
    return (String) Objects.requireNonNullElse(argument, "null");
  }

  private static int index(@Nullable Object argument) {
    return argument instanceof Number number ? number.intValue() : -1;
  }

  private static ELException none(String method) {
    return new ELException("there is no method " + method + " on that");
  }
}
