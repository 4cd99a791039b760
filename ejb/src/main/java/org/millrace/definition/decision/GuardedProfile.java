package org.millrace.definition.decision;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.core.ast.DMNNode;
import org.kie.dmn.api.marshalling.DMNExtensionRegister;
import org.kie.dmn.core.ast.BusinessKnowledgeModelNodeImpl;
import org.kie.dmn.core.ast.DecisionNodeImpl;
import org.kie.dmn.core.compiler.BusinessKnowledgeModelCompiler;
import org.kie.dmn.core.compiler.DMNCompilerContext;
import org.kie.dmn.core.compiler.DMNCompilerImpl;
import org.kie.dmn.core.compiler.DMNProfile;
import org.kie.dmn.core.compiler.DRGElementCompiler;
import org.kie.dmn.core.compiler.DecisionCompiler;
import org.kie.dmn.core.impl.DMNModelImpl;
import org.kie.dmn.feel.runtime.FEELFunction;
import org.kie.dmn.feel.runtime.functions.BaseFEELFunction;
import org.kie.dmn.feel.runtime.functions.FEELFnResult;
import org.kie.dmn.model.api.DRGElement;

/**
 * How the library is told to compile all logic with {@link GuardedFeel}, and that the time is the
 * command's and the search for patterns our own. One for each document.
 */
final class GuardedProfile implements DMNProfile, DRGElementCompiler {

  /** The time of the evaluation that the thread is busy with. */
  static final ThreadLocal<@Nullable Instant> NOW = new ThreadLocal<>();

  private final DecisionCompiler decisions = new DecisionCompiler();
  private final BusinessKnowledgeModelCompiler knowledge = new BusinessKnowledgeModelCompiler();
  private @Nullable GuardedFeel feel;

  List<GuardedFeel.Forbidden> forbidden() {
    return feel == null ? List.of() : feel.forbidden();
  }

  @Override
  public List<DMNExtensionRegister> getExtensionRegisters() {
    return List.of();
  }

  @Override
  public List<DRGElementCompiler> getDRGElementCompilers() {
    return List.of(this);
  }

  @Override
  public List<FEELFunction> getFEELFunctions() {
    List<FEELFunction> functions = new ArrayList<>(List.of(new Now(), new Today()));
    functions.addAll(PatternFunctions.all());
    return functions;
  }

  /** Nodes are made as ever; only their logic is compiled here, before the library gets to it. */
  @Override
  public boolean accept(DRGElement element) {
    return false;
  }

  @Override
  public void compileNode(DRGElement element, DMNCompilerImpl compiler, DMNModelImpl model) {
    throw new IllegalStateException("no element is accepted");
  }

  @Override
  public boolean accept(DMNNode node) {
    return node instanceof DecisionNodeImpl || node instanceof BusinessKnowledgeModelNodeImpl;
  }

  @Override
  public void compileEvaluator(
      DMNNode node, DMNCompilerImpl compiler, DMNCompilerContext ignored, DMNModelImpl model) {
    DMNCompilerContext context = new DMNCompilerContext(feel(model));
    if (node instanceof DecisionNodeImpl) {
      decisions.compileEvaluator(node, compiler, context, model);
    } else {
      knowledge.compileEvaluator(node, compiler, context, model);
    }
  }

  GuardedFeel feel(DMNModelImpl model) {
    if (feel == null) {
      feel = new GuardedFeel(List.of(this), model);
    }
    return feel;
  }

  private static TemporalAccessor now() {
    Instant now = NOW.get();
    return (now == null ? Instant.EPOCH : now).atZone(ZoneOffset.UTC);
  }

  /** FEEL's now(). Public, for the library finds {@code invoke} by reflection. */
  public static final class Now extends BaseFEELFunction {

    Now() {
      super("now");
    }

    public FEELFnResult<TemporalAccessor> invoke() {
      return FEELFnResult.ofResult(now());
    }
  }

  /** FEEL's today(). Public, as {@link Now}. */
  public static final class Today extends BaseFEELFunction {

    Today() {
      super("today");
    }

    public FEELFnResult<TemporalAccessor> invoke() {
      return FEELFnResult.ofResult(LocalDate.from(now()));
    }
  }
}
