package org.millrace.definition.expression;

import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.millrace.kernel.graph.Expression;
import org.millrace.kernel.graph.Literal;

/**
 * Compiles expressions. Which language a text is in shows in its mark: {@code =} leads FEEL, {@code
 * ${...}} (or {@code #{...}}, which means the same) is the Jakarta Expression Language. What a text
 * without a mark is depends on where it stands.
 */
public final class Expressions {

  /** A longer one is no expression but a program, and belongs into a stage. */
  public static final int MAX_LENGTH = 10_000;

  /** FEEL's own URI, and that of DMN, whose language it is, in any version. */
  private static final Pattern FEEL =
      Pattern.compile(".*/feel(?:/\\d+)?/?|https?://www\\.omg\\.org/spec/dmn/.*");

  /** How jBPM names them. */
  private static final Pattern JAVA =
      Pattern.compile(
          "(?:https?://www\\.java\\.com/)?java|(?:https?://www\\.mvel\\.org/2\\.0)|mvel");

  /** What Java, MVEL and the Jakarta Expression Language write alike: one expression. */
  private static final Pattern ONE_EXPRESSION =
      Pattern.compile("(?:return\\s++)?+([^;{}]++);?+", Pattern.DOTALL);

  private Expressions() {}

  /**
   * A condition or a script: without a mark it is FEEL.
   *
   * @param language as the document names it: {@code feel}, {@code juel} or {@code el}; null or
   *     blank where it names none
   * @throws ExpressionException if it does not parse, or the language is another one
   */
  public static Expression condition(String text, @Nullable String language) {
    String source = required(text);
    boolean isEl = source.startsWith("${") || source.startsWith("#{");
    String named = language == null ? "" : language.strip().toLowerCase(Locale.ROOT);
    if (named.isEmpty()) {
      return isEl ? ElExpression.compile(source) : FeelExpression.compile(source);
    }
    if (named.equals("feel") || FEEL.matcher(named).matches()) {
      return FeelExpression.compile(source);
    }
    if (named.equals("juel") || named.equals("el")) {
      if (!isEl) {
        throw new ExpressionException("an expression in " + named + " is written ${...}");
      }
      return ElExpression.compile(source);
    }
    throw new ExpressionException(
        "the language '" + language + "' is not supported; write it in FEEL or as ${...}");
  }

  /**
   * The condition of a sequence flow: like {@link #condition}, and also one that jBPM has in Java
   * or MVEL, as long as it only compares and looks.
   *
   * @throws ExpressionException if it does not parse, or the language is another one
   */
  public static Expression flow(String text, @Nullable String language) {
    if (language != null && JAVA.matcher(language.strip().toLowerCase(Locale.ROOT)).matches()) {
      Matcher one = ONE_EXPRESSION.matcher(required(text));
      if (one.matches()) {
        String looks = one.group(1).replace("kcontext.getVariable(", "execution.getVariable(");
        return ElExpression.compile("${" + looks.strip() + "}");
      }
    }
    return condition(text, language);
  }

  /**
   * A value: without a mark it is a literal string, and evaluates to itself.
   *
   * @throws ExpressionException if it does not parse
   */
  public static Expression value(String text) {
    String source = required(text);
    if (source.startsWith("=")) {
      return FeelExpression.compile(source);
    }
    if (source.contains("${") || source.contains("#{")) {
      return ElExpression.compile(source);
    }
    return new Literal(source);
  }

  /** Reads a document, all of whose expressions together may cost only so much. */
  public static <T> T ofOneDocument(Supplier<T> reading) {
    return ParseBudget.perDocument(reading);
  }

  /** Whether an expression can call a method of this name on the values of variables. */
  public static boolean isMethodOfValues(String name) {
    return ElMethods.NAMES.contains(name);
  }

  private static String required(String text) {
    String source = text.strip();
    if (source.isEmpty()) {
      throw new ExpressionException("the expression is empty");
    }
    if (source.length() > MAX_LENGTH) {
      throw new ExpressionException(
          "the expression has " + source.length() + " characters; at most " + MAX_LENGTH);
    }
    return source;
  }
}
