package org.millrace.definition.expression;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import org.camunda.feel.api.EvaluationFailure;
import org.camunda.feel.api.EvaluationFailureType;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.camunda.feel.context.Context;
import org.camunda.feel.impl.interpreter.BuiltinFunctions;
import org.camunda.feel.impl.interpreter.EvalContext;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.valuemapper.ValueMapper;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.immutable.Map$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * feel-engine, built once (that takes half a second, and so does the first parse: whoever deploys
 * first pays it). Its parser and functions are used as they are; its interpreter is wrapped, for
 * feel-engine bounds nothing.
 */
final class Feel {

  /** The time of the evaluation that the thread is busy with. */
  private static final ThreadLocal<@Nullable Instant> NOW = new ThreadLocal<>();

  private static final FeelEngineApi PARSER =
      FeelEngineBuilder.create().withEnabledExternalFunctions(false).build();
  private static final ValueMapper MAPPER = ValueMapper.defaultValueMapper();
  private static final BuiltinFunctions FUNCTIONS = new BuiltinFunctions(Feel::now, MAPPER);

  private Feel() {}

  static ParseResult parse(String text) {
    ParseBudget.check(text);
    return PARSER.parseExpression(text);
  }

  static @Nullable Object evaluate(
      ParsedExpression expression, Map<String, Object> variables, Instant now) {
    NOW.set(now);
    try {
      Context scope =
          new Context.StaticContext(
              Map$.MODULE$.from(CollectionConverters.asScala(variables)), Map$.MODULE$.empty());
      PureFunctions functions = new PureFunctions(FUNCTIONS, new BoundedPattern(new Looks()));
      EvalContext context = EvalContext.create(MAPPER, functions).merge(scope);
      Val value = new BoundedInterpreter(MAPPER).eval(expression.expression(), context);
      refuseErrors(context);
      return FeelValues.toJava(value, MAPPER);
    } finally {
      NOW.remove();
    }
  }

  /** What the interpreter takes for null although the author, and not the data, is to blame. */
  private static void refuseErrors(EvalContext context) {
    for (Iterator<EvaluationFailure> i = context.failureCollector().failures().iterator();
        i.hasNext(); ) {
      EvaluationFailure failure = i.next();
      if (failure.failureType() == EvaluationFailureType.NO_FUNCTION_FOUND$.MODULE$
          || failure.failureType() == EvaluationFailureType.ASSERT_FAILURE$.MODULE$) {
        throw new IllegalStateException(failure.failureMessage());
      }
    }
  }

  private static ZonedDateTime now() {
    Instant now = NOW.get();
    if (now == null) {
      throw new IllegalStateException("there is no time outside of an evaluation");
    }
    return now.atZone(ZoneOffset.UTC);
  }
}
