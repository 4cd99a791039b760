package org.millrace.definition.expression;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValFunction;
import org.camunda.feel.syntaxtree.ValString;
import scala.Function1;
import scala.collection.immutable.List;

/**
 * Bounds FEEL's functions that search a text, their first argument, for a pattern, their second
 * one: each search is tried before on a text whose {@link Looks} are counted.
 */
record BoundedPattern(Looks looks) {

  private static final Set<String> SEARCHING = Set.of("matches", "replace", "split", "extract");

  static boolean searches(String function) {
    return SEARCHING.contains(function);
  }

  ValFunction bound(ValFunction function) {
    int flags = function.params().indexOf("flags");
    Function1<List<Val>, Object> bounded =
        arguments -> {
          if (arguments.length() >= 2) {
            tryOut(
                text(arguments, 0),
                text(arguments, 1),
                0 <= flags && flags < arguments.length() ? text(arguments, flags) : "");
          }
          return function.invoke().apply(arguments);
        };
    return function.copy(function.params(), bounded, function.hasVarArgs());
  }

  private static String text(List<Val> arguments, int index) {
    return arguments.apply(index) instanceof ValString text ? text.value() : "";
  }

  private void tryOut(String text, String pattern, String flags) {
    try {
      Matcher matcher = Pattern.compile(pattern, of(flags)).matcher(looks.at(text));
      while (matcher.find()) {
        // On to the next one: all of them have to be found in time.
      }
    } catch (PatternSyntaxException e) {
      // The function itself says what to make of it.
    }
  }

  private static int of(String flags) {
    return (flags.contains("s") ? Pattern.DOTALL : 0)
        | (flags.contains("m") ? Pattern.MULTILINE : 0)
        | (flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0)
        | (flags.contains("x") ? Pattern.COMMENTS : 0);
  }
}
