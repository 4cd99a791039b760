package org.millrace.definition.decision;

import static java.util.Objects.requireNonNull;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.io.ReaderResource;
import org.jspecify.annotations.Nullable;
import org.kie.api.io.Resource;
import org.kie.dmn.api.core.DMNMessage;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.core.compiler.DMNCompilerImpl;
import org.kie.dmn.core.compiler.RuntimeTypeCheckOption;
import org.kie.dmn.core.impl.DMNModelImpl;
import org.kie.dmn.core.impl.DMNRuntimeImpl;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.dmn.feel.runtime.events.UnknownVariableErrorEvent;
import org.kie.dmn.model.api.DMNElement;
import org.kie.dmn.model.api.DMNModelInstrumentedBase;
import org.kie.dmn.model.api.Definitions;
import org.kie.dmn.model.api.ItemDefinition;
import org.kie.dmn.model.api.UnaryTests;

/** Compiles one document with all its decisions. */
public final class DmnCompiler {

  /**
   * Something that keeps a document from being run.
   *
   * @param element the id of the element, or of the nearest around it that has one
   * @param line where it begins; 0 where the library does not know
   */
  public record Flaw(@Nullable String element, int line, String message) {}

  /** A document: what can be evaluated, if it has no flaws. */
  public record Compiled(List<DecisionModel> decisions, List<Flaw> flaws) {}

  private final GuardedProfile profile = new GuardedProfile();
  private final List<Flaw> flaws = new ArrayList<>();
  private final Set<String> freeNames = new LinkedHashSet<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private boolean isForeign;
  private @Nullable DMNModel last;

  private DmnCompiler() {}

  /**
   * Compiles a document that is known to be well-formed and harmless as XML.
   *
   * @param xml the text of the document
   * @param imported the texts of those that it imports, and that these import
   */
  public static Compiled compile(String xml, List<String> imported) {
    Check check = check(xml, imported);
    return new Compiled(
        check.document() == null || !check.flaws().isEmpty()
            ? List.of()
            : check.document().decisions(),
        check.flaws());
  }

  /** What the compatibility kit looks at: a document can be evaluated in part in spite of flaws. */
  record Check(@Nullable CompiledDocument document, List<Flaw> flaws) {}

  static Check check(String xml, List<String> imported) {
    DmnCompiler compiler = new DmnCompiler();
    List<Resource> resources = new ArrayList<>();
    imported.forEach(text -> resources.add(new ReaderResource(new StringReader(text))));
    resources.add(new ReaderResource(new StringReader(xml)));
    CompiledDocument document = compiler.document(resources);
    return new Check(document, List.copyOf(compiler.flaws));
  }

  private @Nullable CompiledDocument document(List<Resource> resources) {
    DMNRuntimeImpl runtime;
    try {
      runtime = build(resources);
    } catch (RuntimeException | StackOverflowError e) {
      flaws.add(new Flaw(null, 0, "this DMN cannot be read: " + e.getMessage()));
      return null;
    }
    DMNModelImpl model = (DMNModelImpl) requireNonNull(last);
    model.getMessages(DMNMessage.Severity.ERROR).forEach(this::judge);
    if (flaws.isEmpty()) {
      checkTypes(model); // What does not parse has been found already.
    }
    for (GuardedFeel.Forbidden forbidden : profile.forbidden()) {
      flaws.add(flaw(forbidden.element(), forbidden.message()));
    }
    return new CompiledDocument(runtime, model, isForeign, names, freeNames);
  }

  private DMNRuntimeImpl build(List<Resource> resources) {
    return (DMNRuntimeImpl)
        DMNRuntimeBuilder.fromDefaults()
            .addProfile(profile)
            .setOption(new RuntimeTypeCheckOption(true))
            .buildConfigurationUsingCustomCompiler(
                configuration ->
                    new DMNCompilerImpl(configuration) {
                      @Override
                      public DMNModel compile(
                          Definitions definitions, Resource resource, Collection<DMNModel> models) {
                        prepare(definitions);
                        last = super.compile(definitions, resource, models);
                        return last;
                      }
                    })
            .fromResources(resources)
            .getOrElseThrow(
                reason -> new IllegalStateException(String.valueOf(reason.getMessage()), reason));
  }

  /** What is imported comes first: what is noted here is that of the document itself, at last. */
  private void prepare(Definitions definitions) {
    names.clear();
    names.putAll(ForeignDialect.names(definitions));
    isForeign = ForeignDialect.isSpoken(definitions);
    if (isForeign) {
      ForeignDialect.translate(definitions);
    }
  }

  private void judge(DMNMessage message) {
    if (isForeign && message.getFeelEvent() instanceof UnknownVariableErrorEvent unknown) {
      freeNames.add(String.valueOf(unknown.getOffendingSymbol()));
    } else {
      flaws.add(
          message.getSourceReference() instanceof DMNModelInstrumentedBase element
              ? flaw(element, message.getText())
              : new Flaw(null, 0, message.getText()));
    }
  }

  /** The library compiles the tests of types without asking {@link GuardedFeel}. */
  private void checkTypes(DMNModelImpl model) {
    model.getDefinitions().getItemDefinition().forEach(type -> checkType(model, type));
  }

  private void checkType(DMNModelImpl model, ItemDefinition type) {
    for (UnaryTests tests : Arrays.asList(type.getAllowedValues(), type.getTypeConstraint())) {
      if (tests != null && tests.getText() != null) {
        profile.feel(model).checkTypeTests(tests.getText(), type);
      }
    }
    type.getItemComponent().forEach(component -> checkType(model, component));
  }

  private static Flaw flaw(DMNModelInstrumentedBase element, String message) {
    int line = 0;
    DMNModelInstrumentedBase around = element;
    while (around != null) {
      if (line == 0 && around.getLocation() != null) {
        line = Math.max(0, around.getLocation().getLineNumber());
      }
      if (around instanceof DMNElement named && named.getId() != null) {
        return new Flaw(named.getId(), line, message);
      }
      around = around.getParent();
    }
    return new Flaw(null, line, message);
  }
}
