package org.millrace.definition.expression;

import java.util.Set;
import org.camunda.feel.context.FunctionProvider;
import org.camunda.feel.syntaxtree.ValFunction;
import scala.collection.Iterable;
import scala.collection.immutable.List;
import scala.collection.immutable.List$;

/**
 * FEEL's functions without those that give another value each time: an expression has one value for
 * the same variables at the same time, so that what an operation would do can be shown beforehand.
 * Those that search for patterns are bounded. One for each evaluation.
 */
record PureFunctions(FunctionProvider all, BoundedPattern patterns) implements FunctionProvider {

  private static final Set<String> IMPURE = Set.of("random number", "uuid");

  @Override
  public List<ValFunction> getFunctions(String name) {
    if (IMPURE.contains(name)) {
      return List$.MODULE$.empty();
    }
    List<ValFunction> functions = all.getFunctions(name);
    return BoundedPattern.searches(name) ? functions.map(patterns::bound) : functions;
  }

  @Override
  public Iterable<String> functionNames() {
    return all.functionNames();
  }
}
