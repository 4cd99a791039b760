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
 */
record PureFunctions(FunctionProvider all) implements FunctionProvider {

  private static final Set<String> IMPURE = Set.of("random number", "uuid");

  @Override
  public List<ValFunction> getFunctions(String name) {
    return IMPURE.contains(name) ? List$.MODULE$.empty() : all.getFunctions(name);
  }

  @Override
  public Iterable<String> functionNames() {
    return all.functionNames();
  }
}
