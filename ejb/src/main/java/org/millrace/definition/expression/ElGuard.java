package org.millrace.definition.expression;

/**
 * Refuses, at deployment, the parts of Jakarta EL that compute rather than look: lambdas (a handful
 * of them can run for years) and assignments. It walks the text as EL's own grammar does: outside
 * of braces all is text; inside, quoted strings are.
 */
final class ElGuard {

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
      }
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
