package org.millrace.definition.expression;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses, at deployment, the parts of Jakarta EL that compute rather than look: lambdas (a handful
 * of them can run for years), assignments, and methods other than those of {@link ElMethods}. It
 * walks the text as EL's own grammar does: outside of braces all is text; inside, quoted strings
 * are.
 */
final class ElGuard {

  /** A method that is called: possessive, so that no text takes longer than its length. */
  private static final Pattern CALL = Pattern.compile("\\.\\s*+([\\p{L}\\p{N}_$]++)\\s*+\\(");

  /** What is asked of the execution. */
  private static final Pattern EXECUTION =
      Pattern.compile("execution\\s*+\\.\\s*+([\\p{L}\\p{N}_$]++)");

  private static final Pattern FUNCTION = Pattern.compile("([\\p{L}\\p{N}_$]++)\\s*+\\(");

  private static final Set<String> OPERATORS =
      Set.of("and", "or", "not", "empty", "eq", "ne", "lt", "gt", "le", "ge", "div", "mod");

  private static final Set<String> OF_EXECUTION =
      Set.of("getVariable", "getVariableLocal", "hasVariable", "getVariables");

  private final String source;
  private int at;

  private ElGuard(String source) {
    this.source = source;
  }

  static void check(String source) {
    new ElGuard(source).text();
  }

  private void text() {
    for (; at < source.length(); at++) {
      if (source.charAt(at) == '\\') {
        at++;
      } else if (source.startsWith("${", at) || source.startsWith("#{", at)) {
        at += 2;
        braces();
      }
    }
  }

  /** Up to the brace that ends the expression; the parser complains if there is none. */
  private void braces() {
    int open = 1;
    for (; at < source.length(); at++) {
      char c = source.charAt(at);
      if (c == '\'' || c == '"') {
        quoted(c);
      } else if (c == '{') {
        open++;
      } else if (c == '}' && --open == 0) {
        return;
      } else if (source.startsWith("->", at)) {
        throw new ExpressionException("an expression has no lambdas (->): " + source);
      } else if (c == '=') {
        equalSign();
      } else if (c == '.') {
        method();
      } else if (Character.isJavaIdentifierStart(c) && isFirst()) {
        name();
      }
    }
  }

  private boolean isFirst() {
    char before = source.charAt(at - 1);
    return before != '.' && !Character.isJavaIdentifierPart(before);
  }

  private void method() {
    Matcher call = CALL.matcher(source).region(at, source.length());
    if (call.lookingAt() && !ElMethods.NAMES.contains(call.group(1))) {
      throw new ExpressionException(
          "an expression calls no method such as %s: %s".formatted(call.group(1), source));
    }
  }

  private void name() {
    Matcher call = FUNCTION.matcher(source).region(at, source.length());
    if (call.lookingAt()
        && !OPERATORS.contains(call.group(1))
        && !ElFunctions.NAMES.contains(call.group(1))) {
      throw new ExpressionException(
          "an expression calls no function such as %s: %s".formatted(call.group(1), source));
    }
    Matcher asked = EXECUTION.matcher(source).region(at, source.length());
    if (asked.lookingAt() && !OF_EXECUTION.contains(asked.group(1))) {
      throw new ExpressionException(
          "execution.%s is not in reach of an expression: %s".formatted(asked.group(1), source));
    }
  }

  private void quoted(char quote) {
    for (at++; at < source.length() && source.charAt(at) != quote; at++) {
      if (source.charAt(at) == '\\') {
        at++;
      }
    }
  }

  /** An equal sign compares (==, !=, <=, >=), joins (+=) or else assigns. */
  private void equalSign() {
    if (at + 1 < source.length() && source.charAt(at + 1) == '=') {
      at++;
    } else if ("!<>+".indexOf(source.charAt(at - 1)) < 0) {
      throw new ExpressionException(
          "an expression cannot assign (=); to compare, write ==: " + source);
    }
  }
}
