package org.millrace.definition.decision;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.EvaluationContext;
import org.kie.dmn.feel.lang.impl.EvaluationContextImpl;
import org.kie.dmn.feel.lang.impl.FEELEventListenersManager;

/** The library's context, with a {@link Budget} and without reflection. */
final class BoundedContext extends EvaluationContextImpl {

  private final EvaluationContextImpl origin;

  private BoundedContext(EvaluationContextImpl origin) {
    super(
        origin.getRootClassLoader(),
        listeners(origin),
        origin.getFEELDialect(),
        origin.getDMNVersion());
    this.origin = origin;
    getStack().clear();
    getStack().addAll(origin.getStack());
    setDMNRuntime(origin.getDMNRuntime());
    setPerformRuntimeTypeCheck(origin.isPerformRuntimeTypeCheck());
  }

  static EvaluationContext around(EvaluationContext context) {
    return context instanceof EvaluationContextImpl plain && !(context instanceof BoundedContext)
        ? new BoundedContext(plain)
        : context;
  }

  private static FEELEventListenersManager listeners(EvaluationContext origin) {
    FEELEventListenersManager listeners = new FEELEventListenersManager();
    origin.getListeners().forEach(listeners::addListener);
    return listeners;
  }

  @Override
  public EvaluationContext current() {
    BoundedContext current = new BoundedContext(origin);
    current.getStack().clear();
    current.getStack().addAll(getStack());
    return current;
  }

  @Override
  public boolean isLenient() {
    return origin.isLenient();
  }

  @Override
  public void enterFrame() {
    Budget.step();
    super.enterFrame();
  }

  @Override
  public void enterFrame(int size) {
    Budget.step();
    super.enterFrame(size);
  }

  @Override
  public void setValue(String name, @Nullable Object value) {
    Budget.value(value);
    super.setValue(name, value);
  }

  @Override
  public @Nullable Object getValue(String name) {
    Budget.step();
    return super.getValue(name);
  }

  @Override
  public @Nullable Object getValue(String[] name) {
    Budget.step();
    return super.getValue(name);
  }

  /** What is filtered: its properties would be looked for among the methods of its class. */
  @Override
  public void setRootObject(@Nullable Object value) {
    if (Navigation.isSafe(value) && !(value instanceof Collection)) {
      super.setRootObject(value);
    }
  }
}
