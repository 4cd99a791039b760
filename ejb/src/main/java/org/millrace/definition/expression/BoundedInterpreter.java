package org.millrace.definition.expression;

import org.camunda.feel.impl.interpreter.EvalContext;
import org.camunda.feel.impl.interpreter.FeelInterpreter;
import org.camunda.feel.syntaxtree.EveryItem;
import org.camunda.feel.syntaxtree.Exp;
import org.camunda.feel.syntaxtree.For;
import org.camunda.feel.syntaxtree.IterationContext;
import org.camunda.feel.syntaxtree.SomeItem;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValList;
import org.camunda.feel.syntaxtree.ValNumber;
import org.camunda.feel.syntaxtree.ValString;
import org.camunda.feel.valuemapper.ValueMapper;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.immutable.List;

/**
 * Evaluates one FEEL expression once, and gives up where it would cost too much: too many steps, or
 * a list or string too large. Without this, {@code for i in 1..1000000000 return i} takes the whole
 * server's memory. The interpreter calls itself through {@link #eval}, so every step comes by here;
 * what the functions that search for patterns do in one step is bounded by {@link BoundedPattern}.
 */
final class BoundedInterpreter extends FeelInterpreter {

  /** About two seconds. */
  static final int MAX_STEPS = 1_000_000;

  static final int MAX_ITEMS = 100_000;
  static final int MAX_CHARACTERS = 8 * 1024 * 1024;

  private int steps;

  BoundedInterpreter(ValueMapper mapper) {
    super(mapper);
  }

  @Override
  public Val eval(Exp expression, EvalContext context) {
    if (++steps > MAX_STEPS) {
      throw new IllegalStateException("it takes more than " + MAX_STEPS + " steps");
    }
    if (expression instanceof IterationContext range) {
      boundRange(eval(range.start(), context), eval(range.end(), context));
    } else if (expression instanceof For loop) {
      boundCombinations(loop.iterators(), context);
    } else if (expression instanceof SomeItem some) {
      boundCombinations(some.iterators(), context);
    } else if (expression instanceof EveryItem every) {
      boundCombinations(every.iterators(), context);
    }
    Val value = super.eval(expression, context);
    if (value instanceof ValString string && string.value().length() > MAX_CHARACTERS) {
      throw new IllegalStateException(
          "it makes a text of more than " + MAX_CHARACTERS + " characters");
    }
    if (value instanceof ValList list) {
      boundItems(list.itemsAsSeq().size());
    }
    return value;
  }

  /** Before the interpreter makes a list of all its numbers. */
  private static void boundRange(Val start, Val end) {
    if (start instanceof ValNumber from && end instanceof ValNumber to) {
      boundItems(Math.abs(to.value().doubleValue() - from.value().doubleValue()));
    }
  }

  /** Before the interpreter makes a list of all combinations; one list alone is bounded already. */
  private void boundCombinations(List<Tuple2<String, Exp>> iterators, EvalContext context) {
    if (iterators.size() < 2) {
      return;
    }
    double combinations = 1;
    for (Iterator<Tuple2<String, Exp>> i = iterators.iterator(); i.hasNext(); ) {
      if (eval(i.next()._2(), context) instanceof ValList list) {
        combinations *= list.itemsAsSeq().size();
      }
    }
    boundItems(combinations);
  }

  private static void boundItems(double items) {
    if (items > MAX_ITEMS) {
      throw new IllegalStateException("it makes a list of more than " + MAX_ITEMS + " items");
    }
  }
}
