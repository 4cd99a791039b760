package org.millrace.definition.decision;

import java.time.Duration;
import java.time.chrono.ChronoPeriod;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.EvaluationContext;
import org.kie.dmn.feel.lang.ast.ASTNode;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.ast.FilterExpressionNode;
import org.kie.dmn.feel.lang.ast.ForExpressionNode;
import org.kie.dmn.feel.lang.ast.FunctionDefNode;
import org.kie.dmn.feel.lang.ast.FunctionInvocationNode;
import org.kie.dmn.feel.lang.ast.NameRefNode;
import org.kie.dmn.feel.lang.ast.PathExpressionNode;
import org.kie.dmn.feel.lang.ast.QualifiedNameNode;
import org.kie.dmn.feel.lang.ast.QuantifiedExpressionNode;
import org.kie.dmn.feel.runtime.Range;
import org.kie.dmn.feel.util.EvalHelper;
import org.kie.dmn.feel.util.StringEvalHelper;

/**
 * The way from a value to its property. The library goes on from what is no FEEL structure by
 * reflection: {@code "".class.classLoader} would be a class loader. Here what has no properties in
 * FEEL has none.
 */
final class Navigation {

  private Navigation() {}

  /** Whether FEEL knows properties of it, or items that may have some. */
  static boolean isSafe(@Nullable Object value) {
    return value == null
        || value instanceof Map
        || value instanceof Collection
        || value instanceof TemporalAccessor
        || value instanceof Duration
        || value instanceof ChronoPeriod
        || value instanceof Range;
  }

  /**
   * Changes an expression so that it navigates safely.
   *
   * @return whether it calls functions from outside of DMN, which none may
   */
  static boolean makeSafe(ASTNode node) {
    boolean isExternal = node instanceof FunctionDefNode function && function.isExternal();
    if (node instanceof PathExpressionNode path && path.getName() != null) {
      path.setExpression(new Steps(path.getExpression(), names(path.getName())));
      path.setName(null);
      return makeSafe(((Steps) path.getExpression()).start) || isExternal;
    }
    if (node instanceof QualifiedNameNode name && name.getParts().size() > 1) {
      List<NameRefNode> parts = name.getParts();
      name.setParts(List.of(new QualifiedName(parts, names(name).subList(1, parts.size()))));
      return isExternal;
    }
    if (node instanceof FunctionInvocationNode call
        && call.getName() instanceof QualifiedNameNode) {
      return makeSafe(call.getParams()); // The library looks for the function in contexts alone.
    }
    for (ASTNode child : node.getChildrenNode()) {
      if (child != null) {
        isExternal |= makeSafe(child);
      }
    }
    return isExternal;
  }

  /**
   * Whether it does what only {@link #makeSafe}, a {@link Budget} or {@link PatternFunctions} make
   * safe. The library's own {@code matches} is safe without flags.
   */
  static boolean isElaborate(ASTNode node) {
    if (node instanceof FunctionInvocationNode call
        && "matches".equals(call.getName().getText())
        && call.getParams().getElements().size() <= 2) {
      return isElaborate(call.getParams());
    }
    if (node instanceof FunctionDefNode
        || node instanceof PathExpressionNode
        || node instanceof FilterExpressionNode
        || node instanceof ForExpressionNode
        || node instanceof QuantifiedExpressionNode
        || (node instanceof QualifiedNameNode name && name.getParts().size() > 1)
        || (node instanceof NameRefNode name && PatternFunctions.NAMES.contains(name.getText()))) {
      return true;
    }
    for (ASTNode child : node.getChildrenNode()) {
      if (child != null && isElaborate(child)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> names(BaseNode name) {
    return name instanceof QualifiedNameNode qualified
        ? qualified.getParts().stream().map(BaseNode::getText).toList()
        : List.of(name.getText());
  }

  private static @Nullable Object follow(@Nullable Object start, List<String> names) {
    Object current = start;
    for (String name : names) {
      if (current instanceof Collection<?> items) {
        List<@Nullable Object> properties = new ArrayList<>(items.size());
        items.forEach(item -> properties.add(property(item, name)));
        current = properties;
      } else {
        current = property(current, name);
      }
    }
    return current;
  }

  private static @Nullable Object property(@Nullable Object value, String name) {
    Budget.step();
    return isSafe(value) && !(value instanceof Collection)
        ? EvalHelper.getDefinedValue(value, StringEvalHelper.normalizeVariableName(name))
            .getValueResult()
            .getOrElse(null)
        : null;
  }

  /** A path of which the library finds only the end. */
  private static final class Steps extends BaseNode {

    private final BaseNode start;
    private final List<String> names;

    private Steps(BaseNode start, List<String> names) {
      this.start = start;
      this.names = names;
      setText(start.getText());
    }

    @Override
    public @Nullable Object evaluate(EvaluationContext context) {
      return follow(start.evaluate(context), names);
    }

    @Override
    public ASTNode[] getChildrenNode() {
      return new ASTNode[] {start};
    }
  }

  /** A qualified name of which the library finds only the end. */
  private static final class QualifiedName extends NameRefNode {

    private final NameRefNode first;
    private final List<String> names;

    private QualifiedName(List<NameRefNode> parts, List<String> names) {
      super(parts.get(0).getResultType(), parts.get(0).getText());
      this.first = parts.get(0);
      this.names = names;
    }

    @Override
    public @Nullable Object evaluate(EvaluationContext context) {
      return follow(first.evaluate(context), names);
    }
  }
}
