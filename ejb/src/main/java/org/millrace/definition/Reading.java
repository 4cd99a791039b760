package org.millrace.definition;

import static org.millrace.definition.Namespaces.BPMN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.millrace.definition.expression.ExpressionException;
import org.millrace.kernel.graph.Expression;

/**
 * One element while it is read. It is asked for all that the engine understands; what then is left
 * over is not understood, and {@link #close} complains of it. So nothing is passed over in silence
 * because somebody forgot it.
 */
final class Reading {

  /** Said about any element, and of no consequence for what it does. */
  private static final Set<String> PLAIN_ATTRIBUTES = Set.of("id", "name");

  private static final Set<String> PLAIN_CHILDREN =
      Set.of(
          "documentation", "extensionElements", "incoming", "outgoing", "auditing", "monitoring");

  private static final int MAX_ID = 200;
  private static final Pattern ID = Pattern.compile("\\S{1," + MAX_ID + "}");
  private static final Set<String> BOOLEANS = Set.of("true", "false", "1", "0");

  private final XmlElement element;
  private final @Nullable String id;
  private final Problems problems;
  private final Set<QName> understood = new HashSet<>();
  private final Set<XmlElement> understoodParts =
      Collections.newSetFromMap(new IdentityHashMap<>());

  Reading(XmlElement element, Problems problems) {
    this(element, element.id(), problems);
  }

  /** Reads a part of an element; its problems are the problems of the element with this id. */
  private Reading(XmlElement element, @Nullable String id, Problems problems) {
    this.element = element;
    this.id = id;
    this.problems = problems;
  }

  Reading part(XmlElement part) {
    return new Reading(part, id, problems);
  }

  /**
   * The element's id, by which all else knows it; the empty text, with a problem, if it has none.
   */
  String requireId() {
    String given = element.id();
    if (given == null || !ID.matcher(given).matches()) {
      problem("it needs an id of at most " + MAX_ID + " characters without spaces");
      return "";
    }
    return given;
  }

  XmlElement element() {
    return element;
  }

  Problems problems() {
    return problems;
  }

  void problem(String message) {
    problems.add(id, element, element.line(), message);
  }

  /** An attribute of BPMN's own. */
  @Nullable String attribute(String name) {
    return take(new QName(name));
  }

  @Nullable String attribute(String namespace, String name) {
    return take(new QName(namespace, name));
  }

  /** What an attribute refers to. */
  @Nullable String reference(String name) {
    ignore(name);
    return element.reference(name);
  }

  boolean flag(String name, boolean otherwise) {
    String value = attribute(name);
    if (value != null && !BOOLEANS.contains(value.strip())) {
      problem("%s=\"%s\" is neither true nor false".formatted(name, value));
    }
    return value == null ? otherwise : element.isTrue(name);
  }

  /** An attribute that may say only what is so anyway. */
  void fixed(String name, String... allowed) {
    fixed(new QName(name), allowed);
  }

  void fixed(QName name, String... allowed) {
    String value = take(name);
    if (value != null && !Arrays.asList(allowed).contains(value.strip())) {
      problem("%s=\"%s\" is not supported yet".formatted(name.getLocalPart(), value));
    }
  }

  /** An attribute without consequence. */
  void ignore(String... attributes) {
    Arrays.stream(attributes).forEach(this::attribute);
  }

  /** A child that is read elsewhere. */
  void leave(XmlElement child) {
    understoodParts.add(child);
  }

  /** Children without consequence: the drawing's, and notes. */
  void ignoreChildren(Collection<String> names) {
    element.children().stream()
        .filter(child -> child.isBpmn() && names.contains(child.kind()))
        .forEach(understoodParts::add);
  }

  /** The engine's own attribute. */
  @Nullable String own(String name) {
    return take(new QName(Namespaces.MILLRACE, name));
  }

  /** Where a result goes: the engine's own attribute, also where its prefix was left out. */
  @Nullable String resultVariable() {
    String plain = attribute("resultVariable");
    String own = own("resultVariable");
    return own == null ? plain : own;
  }

  /** Whether anything on it or in it is written in the engine's own namespace. */
  boolean hasOwn() {
    return element.attributes().keySet().stream().anyMatch(Reading::isOwn)
        || element.children("extensionElements").stream()
            .flatMap(extensions -> extensions.children().stream())
            .anyMatch(extension -> isOwn(extension.name()));
  }

  private static boolean isOwn(QName name) {
    return name.getNamespaceURI().equals(Namespaces.MILLRACE);
  }

  /** An attribute of the engines that write the same. */
  @Nullable String classic(String name) {
    String first = null;
    for (String namespace : Namespaces.CLASSIC) {
      String value = take(new QName(namespace, name));
      first = first == null ? value : first;
    }
    return first;
  }

  /** The children of this name within BPMN. */
  List<XmlElement> children(String name) {
    List<XmlElement> children = element.children(name);
    understoodParts.addAll(children);
    return children;
  }

  @Nullable XmlElement child(String name) {
    List<XmlElement> children = children(name);
    return children.isEmpty() ? null : children.get(0);
  }

  /** The extension elements of this name, in any of these namespaces. */
  List<XmlElement> extensions(Collection<String> namespaces, String name) {
    List<XmlElement> found = new ArrayList<>();
    for (XmlElement extensions : element.children("extensionElements")) {
      for (XmlElement extension : extensions.children()) {
        if (extension.kind().equals(name)
            && namespaces.contains(extension.name().getNamespaceURI())) {
          understoodParts.add(extension);
          found.add(extension);
        }
      }
    }
    return found;
  }

  /** An expression; null if it is none, which is a problem then. */
  @Nullable Expression compile(String text, Function<String, Expression> language) {
    try {
      return language.apply(text);
    } catch (ExpressionException e) {
      problem(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** Complains of all that was not asked for. */
  void close() {
    for (QName attribute : element.attributes().keySet()) {
      boolean isPlain =
          attribute.getNamespaceURI().isEmpty()
              && PLAIN_ATTRIBUTES.contains(attribute.getLocalPart());
      if (!isPlain && !understood.contains(attribute) && hasConsequence(attribute)) {
        problem("the attribute " + word(attribute) + " is not supported");
      }
    }
    for (XmlElement child : element.children()) {
      if (child.is(BPMN, "extensionElements")) {
        child.children().forEach(extension -> refuse(extension, false));
      } else {
        refuse(child, PLAIN_CHILDREN.contains(child.kind()));
      }
    }
  }

  private void refuse(XmlElement child, boolean isPlain) {
    if (!isPlain && !understoodParts.contains(child) && hasConsequence(child.name())) {
      problems.add(id, element, child.line(), word(child.name()) + " is not supported yet");
    }
  }

  /** What other tools write into namespaces of their own says nothing to an engine. */
  private static boolean hasConsequence(QName name) {
    String namespace = name.getNamespaceURI();
    if (namespace.equals(Namespaces.MILLRACE)) {
      return true;
    }
    if (namespace.isEmpty() || namespace.equals(BPMN)) {
      return true;
    }
    return Namespaces.PREFIXES.containsKey(namespace) && !Harmless.isHarmless(name.getLocalPart());
  }

  private static String word(QName name) {
    String prefix = Namespaces.PREFIXES.get(name.getNamespaceURI());
    return prefix == null ? name.getLocalPart() : prefix + ":" + name.getLocalPart();
  }

  private @Nullable String take(QName attribute) {
    understood.add(attribute);
    return element.attributes().get(attribute);
  }
}
