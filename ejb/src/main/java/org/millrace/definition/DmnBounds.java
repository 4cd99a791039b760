package org.millrace.definition;

import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;

/**
 * How much there may be in the expressions of one DMN document. The library that compiles them
 * bounds nothing, and takes seconds and hundreds of megabytes for brackets within brackets.
 */
final class DmnBounds {

  static final int MAX_DECISIONS = 1000;
  static final int MAX_EXPRESSIONS = 6_000;
  static final int MAX_CHARACTERS = 100_000;
  static final int MAX_OPEN = 30;

  private int expressions;
  private int characters;

  /** Counts an expression; says what is too much, null if nothing is, and only once for all. */
  @Nullable String exceeded(String text) {
    if (text.length() > Expressions.MAX_LENGTH) {
      return "the expression has %d characters; at most %d"
          .formatted(text.length(), Expressions.MAX_LENGTH);
    }
    if (open(text) > MAX_OPEN) {
      return "more than %d brackets are open at once in the expression".formatted(MAX_OPEN);
    }
    boolean was = isExceeded();
    expressions++;
    characters += text.length();
    return isExceeded() && !was
        ? "the document has more than %d expressions, or more than %d characters in them"
            .formatted(MAX_EXPRESSIONS, MAX_CHARACTERS)
        : null;
  }

  private boolean isExceeded() {
    return expressions > MAX_EXPRESSIONS || characters > MAX_CHARACTERS;
  }

  /** How many brackets are open at most, outside of texts in quotes. */
  private static int open(String text) {
    int most = 0;
    int open = 0;
    boolean isQuoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && isQuoted) {
        i++;
      } else if (c == '"') {
        isQuoted = !isQuoted;
      } else if (!isQuoted && (c == '(' || c == '[' || c == '{')) {
        most = Math.max(most, ++open);
      } else if (!isQuoted && (c == ')' || c == ']' || c == '}') && open > 0) {
        open--;
      }
    }
    return most;
  }
}
