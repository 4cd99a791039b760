package org.millrace.definition;

import static org.millrace.definition.Namespaces.CLASSIC;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.graph.Listener;
import org.millrace.kernel.graph.Mapping;

/**
 * Reads a listener. One that is an expression, or a script in the Expression Language, and sets a
 * variable, does so; one that only looks at variables does nothing. Code is elsewhere, and is told.
 */
final class ListenerReader {

  private final Reading reading;
  private final XmlElement listener;
  private final @Nullable String expression;
  private final @Nullable BeanCall call;

  ListenerReader(Reading reading) {
    this.reading = reading;
    this.listener = reading.element();
    this.expression = expression();
    this.call = expression == null ? null : BeanCall.parse(expression);
  }

  /** Whether this engine knows what to do with it. */
  boolean isReadable() {
    if (expression != null) {
      return BesidesReader.isSetter(expression)
          || call == null
          || !DelegateReader.ENGINE.contains(call.bean());
    }
    return code() != null;
  }

  /**
   * What it does; null if that is nothing, or, with a problem, if it cannot be read.
   *
   * @param event what it listens to
   */
  @Nullable Listener read(String event) {
    String code = call == null ? code() : call.stage();
    if (expression != null && BesidesReader.isSetter(expression)) {
      Mapping variable = BesidesReader.setter(reading, expression);
      return variable == null ? null : new Listener.Sets(variable);
    } else if (code != null) {
      return new Listener.Told(code, event, more());
    } else if (expression != null) {
      reading.compile(expression, Expressions::value); // It sets nothing; but it has to be one.
    }
    return null;
  }

  private @Nullable String code() {
    String className = listener.attribute("class");
    String bean = listener.attribute("delegateExpression");
    if (expression != null) {
      return null;
    } else if (className != null) {
      return CodeName.ofClass(className);
    }
    return bean == null ? null : CodeName.ofBean(bean);
  }

  private List<Mapping> more() {
    List<Mapping> more = new ArrayList<>();
    if (call != null) {
      DelegateReader.arguments(reading, call).ifPresent(more::add);
    }
    MappingReader.fields(reading, listener.children().stream().filter(this::isField).toList())
        .ifPresent(more::add);
    return List.copyOf(more);
  }

  private boolean isField(XmlElement child) {
    return child.kind().equals("field") && CLASSIC.contains(child.name().getNamespaceURI());
  }

  /** In an attribute, or as a script in the Expression Language. */
  private @Nullable String expression() {
    String text = listener.attribute("expression");
    for (XmlElement child : listener.children()) {
      String language = child.attribute("scriptFormat");
      if (child.kind().equals("script")
          && child.attribute("resource") == null
          && ("juel".equals(language) || "el".equals(language))) {
        text = child.text();
      }
    }
    return text == null || !text.strip().matches("(?s)[$#]\\{.*") ? null : text;
  }
}
