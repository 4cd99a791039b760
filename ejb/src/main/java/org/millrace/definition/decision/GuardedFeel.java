package org.millrace.definition.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.core.DMNType;
import org.kie.dmn.core.compiler.DMNCompilerContext;
import org.kie.dmn.core.compiler.DMNFEELHelper;
import org.kie.dmn.core.impl.BaseDMNTypeImpl;
import org.kie.dmn.core.impl.DMNModelImpl;
import org.kie.dmn.core.util.Msg;
import org.kie.dmn.feel.codegen.feel11.ProcessedExpression;
import org.kie.dmn.feel.codegen.feel11.ProcessedUnaryTest;
import org.kie.dmn.feel.lang.CompiledExpression;
import org.kie.dmn.feel.lang.CompilerContext;
import org.kie.dmn.feel.lang.FEELDialect;
import org.kie.dmn.feel.lang.FEELProfile;
import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.ast.ASTNode;
import org.kie.dmn.feel.lang.impl.FEELImpl;
import org.kie.dmn.feel.lang.impl.UnaryTestInterpretedExecutableExpression;
import org.kie.dmn.feel.lang.types.BuiltInType;
import org.kie.dmn.feel.runtime.FEELFunction;
import org.kie.dmn.feel.runtime.UnaryTest;
import org.kie.dmn.model.api.DMNElement;
import org.kie.dmn.model.api.DMNModelInstrumentedBase;

/** The library's compiler of expressions; what comes out of it is bounded and reaches no class. */
final class GuardedFeel extends DMNFEELHelper {

  /** Something that is not to be run. */
  record Forbidden(DMNModelInstrumentedBase element, String message) {}

  private static final String EXTERNAL =
      "functions from outside of DMN are not called: no Java, no PMML";

  private final List<Forbidden> forbidden = new ArrayList<>();

  GuardedFeel(List<FEELProfile> profiles, DMNModelImpl model) {
    super(new NoClasses(), profiles, FEELDialect.FEEL, model.getDMNVersion());
  }

  List<Forbidden> forbidden() {
    return forbidden;
  }

  @Override
  public CompiledExpression compileFeelExpression(
      DMNCompilerContext context,
      String expression,
      DMNModelImpl model,
      DMNElement element,
      Msg.Message message,
      Object... parameters) {
    return guarded(
        super.compileFeelExpression(context, expression, model, element, message, parameters),
        element);
  }

  @Deprecated
  @Override
  public CompiledExpression compile(
      DMNModelImpl model,
      DMNElement element,
      Msg.Message message,
      String table,
      String expression,
      CompilerContext context,
      int index) {
    return guarded(
        super.compile(model, element, message, table, expression, context, index), element);
  }

  private CompiledExpression guarded(CompiledExpression compiled, DMNElement element) {
    if (compiled instanceof ProcessedExpression processed) {
      ASTNode expression = processed.getInterpreted().getASTNode();
      if (expression != null) {
        check(expression, element);
        return new BoundedExpression(expression);
      }
    }
    return compiled;
  }

  private void check(ASTNode expression, DMNElement element) {
    if (Navigation.makeSafe(expression)) {
      forbidden.add(new Forbidden(element, EXTERNAL));
    }
  }

  /** The library asks for a function written in FEEL in no other case than for one from outside. */
  @Override
  public @Nullable FEELFunction evaluateFunctionDef(
      DMNCompilerContext context,
      String expression,
      DMNModelImpl model,
      DMNElement element,
      Msg.Message message,
      Object... parameters) {
    forbidden.add(new Forbidden(element, EXTERNAL));
    return null;
  }

  @Override
  public List<UnaryTest> evaluateUnaryTests(
      DMNCompilerContext context,
      String tests,
      DMNModelImpl model,
      DMNElement element,
      Msg.Message message,
      Object... parameters) {
    List<UnaryTest> plain =
        super.evaluateUnaryTests(context, tests, model, element, message, parameters);
    if (plain.isEmpty()) {
      return plain; // They do not parse, which is among the messages now.
    }
    Map<String, Type> types = new HashMap<>();
    for (Map.Entry<String, DMNType> variable : context.getVariables().entrySet()) {
      types.put(variable.getKey(), ((BaseDMNTypeImpl) variable.getValue()).getFeelType());
    }
    return guardedTests(tests, types, element);
  }

  /**
   * Looks at the tests of a type, which the library compiles by itself: constants, ranges and
   * functions of FEEL are well, what iterates or navigates is not, nor what searches for patterns
   * in other ways than {@code matches(?, "pattern")}.
   */
  void checkTypeTests(String tests, DMNElement type) {
    FEELImpl feel = (FEELImpl) newFEELInstance();
    CompilerContext context = feel.newCompilerContext();
    context.addInputVariableType("?", BuiltInType.UNKNOWN);
    UnaryTestInterpretedExecutableExpression interpreted =
        feel.processUnaryTests(tests, context).getInterpreted();
    if (interpreted != UnaryTestInterpretedExecutableExpression.EMPTY
        && Navigation.isElaborate(interpreted.getASTNode())) {
      forbidden.add(
          new Forbidden(
              type,
              "the values of a type are limited by constants, ranges and matches(?, pattern) alone"));
    }
  }

  private List<UnaryTest> guardedTests(String tests, Map<String, Type> types, DMNElement element) {
    FEELImpl feel = (FEELImpl) newFEELInstance();
    CompilerContext context = feel.newCompilerContext();
    types.forEach(context::addInputVariableType);
    ProcessedUnaryTest processed = feel.processUnaryTests(tests, context);
    UnaryTestInterpretedExecutableExpression interpreted = processed.getInterpreted();
    if (interpreted == UnaryTestInterpretedExecutableExpression.EMPTY) {
      return List.of();
    }
    check(interpreted.getASTNode(), element);
    List<UnaryTest> bounded = new ArrayList<>();
    for (UnaryTest test : interpreted.apply(feel.newEvaluationContext(List.of(), Map.of()))) {
      bounded.add((scope, value) -> test.apply(BoundedContext.around(scope), value));
    }
    return bounded;
  }

  /** The second lock: even if an expression came to name a class, it would find none. */
  private static final class NoClasses extends ClassLoader {

    private NoClasses() {
      super(null);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      throw new ClassNotFoundException(name);
    }
  }
}
