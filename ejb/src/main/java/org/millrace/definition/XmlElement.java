package org.millrace.definition;

import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * An element of a document.
 *
 * @param line where it begins, from 1
 * @param attributes for the outermost element with the namespaces that it declares
 * @param text what stands directly in it, without its children's
 */
record XmlElement(
    QName name, int line, Map<QName, String> attributes, List<XmlElement> children, String text) {

  boolean is(String namespace, String localName) {
    return name.getLocalPart().equals(localName) && name.getNamespaceURI().equals(namespace);
  }

  /** Its name within BPMN, e.g. {@code serviceTask}. */
  String kind() {
    return name.getLocalPart();
  }

  boolean isBpmn() {
    return name.getNamespaceURI().equals(Namespaces.BPMN);
  }

  @Nullable String attribute(String localName) {
    return attributes.get(new QName(localName));
  }

  boolean isTrue(String localName) {
    String value = attribute(localName);
    return value != null && (value.strip().equals("true") || value.strip().equals("1"));
  }

  /** What an attribute refers to: references are qualified names, and mean this document's own. */
  @Nullable String reference(String localName) {
    String value = attribute(localName);
    return value == null ? null : local(value);
  }

  /** The id that a reference names. */
  static String local(String reference) {
    return reference.strip().substring(reference.strip().indexOf(':') + 1);
  }

  @Nullable String id() {
    return attribute("id");
  }

  /** The children of this name within BPMN. */
  List<XmlElement> children(String localName) {
    return children.stream().filter(child -> child.is(Namespaces.BPMN, localName)).toList();
  }
}
