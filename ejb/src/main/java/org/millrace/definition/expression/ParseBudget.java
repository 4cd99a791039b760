package org.millrace.definition.expression;

import static java.lang.invoke.MethodType.methodType;

import fastparse.IndexedParserInput;
import fastparse.Parsed;
import fastparse.ParserInput;
import fastparse.ParserInputSource;
import fastparse.ParsingRun;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.function.Supplier;
import org.camunda.feel.impl.parser.FeelParser$;
import org.jspecify.annotations.Nullable;
import scala.Function1;

/**
 * Counts how often FEEL's parser looks at a text, and stops it where that goes beyond all measure.
 * It goes back and tries again so often that the time doubles with each bracket within brackets: of
 * {@code ((((...} forty characters would hold the thread for years.
 *
 * <p>feel-engine takes a text alone, so its grammar is called here past its front door, for this
 * question only; that door is used for all else.
 */
final class ParseBudget extends IndexedParserInput {

  /** A tenth of a second; what people write takes some thousands. */
  private static final int MAX_LOOKS = 1_000_000;

  /** A quarter of a second for all of a document. */
  private static final int MAX_LOOKS_PER_DOCUMENT = 4_000_000;

  /** What an expression costs besides. */
  private static final int LOOKS_PER_EXPRESSION = 1_000;

  /** What is left of it for the document that the thread is busy with; null outside of any. */
  private static final ThreadLocal<int @Nullable []> LEFT = new ThreadLocal<>();

  private static final MethodHandle GRAMMAR = grammar();

  private int left;

  private ParseBudget(String text, int left) {
    super(text);
    this.left = left;
  }

  static <T> T perDocument(Supplier<T> reading) {
    LEFT.set(new int[] {MAX_LOOKS_PER_DOCUMENT});
    try {
      return reading.get();
    } finally {
      LEFT.remove();
    }
  }

  /** Thrown, without a trace, from within the parser. */
  private static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Spent() {
      super(null, null, false, false);
    }
  }

  /**
   * Refuses a text that takes too long to parse.
   *
   * @throws ExpressionException if so
   */
  static void check(String text) {
    int[] ofDocument = LEFT.get();
    int most =
        ofDocument == null ? MAX_LOOKS : Math.min(MAX_LOOKS, ofDocument[0] - LOOKS_PER_EXPRESSION);
    if (most <= 0) {
      throw new ExpressionException("the document has too many expressions, or too costly ones");
    }
    ParseBudget input = new ParseBudget(text, most);
    ParserInputSource source =
        new ParserInputSource() {
          @Override
          public <T> T parseThrough(Function1<ParserInput, T> parser) {
            return parser.apply(input);
          }
        };
    try {
      Parsed<?> parsed = fastparse.package$.MODULE$.parse(source, ParseBudget::run, false, 0, null);
      if (!parsed.isSuccess()) {
        // To say what it expected, the parser will go through it all again, and more slowly.
        input.left -= 3 * (most - input.left);
      }
    } catch (Spent e) {
      throw new ExpressionException(
          "the expression takes too long to read; it has too many brackets within brackets: "
              + text);
    } finally {
      if (ofDocument != null) {
        ofDocument[0] -= LOOKS_PER_EXPRESSION + most - input.left;
      }
    }
  }

  @SuppressWarnings("unchecked") // What the grammar makes is of no interest here.
  private static ParsingRun<Object> run(ParsingRun<Object> run) {
    try {
      return (ParsingRun<Object>) (ParsingRun<?>) GRAMMAR.invoke((Object) run);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle grammar() {
    try {
      return MethodHandles.publicLookup()
          .findStatic(
              FeelParser$.class,
              "$anonfun$parseExpression$2",
              methodType(ParsingRun.class, ParsingRun.class))
          .asType(methodType(ParsingRun.class, ParsingRun.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this is another FEEL engine than the one it is for", e);
    }
  }

  @Override
  public char apply(int index) {
    spend();
    return super.apply(index);
  }

  @Override
  public boolean isReachable(int index) {
    spend();
    return super.isReachable(index);
  }

  private void spend() {
    if (--left < 0) {
      throw new Spent();
    }
  }
}
