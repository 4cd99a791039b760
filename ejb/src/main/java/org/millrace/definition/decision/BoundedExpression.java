package org.millrace.definition.decision;

import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.EvaluationContext;
import org.kie.dmn.feel.lang.ast.ASTNode;
import org.kie.dmn.feel.lang.impl.CompiledExpressionImpl;

/** A compiled expression that is evaluated within its {@link Budget}. */
final class BoundedExpression extends CompiledExpressionImpl {

  BoundedExpression(ASTNode expression) {
    super(expression);
  }

  @Override
  public @Nullable Object apply(EvaluationContext context) {
    return super.apply(BoundedContext.around(context));
  }
}
