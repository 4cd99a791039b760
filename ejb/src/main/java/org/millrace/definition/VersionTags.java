package org.millrace.definition;

import static org.millrace.definition.Namespaces.CLASSIC;
import static org.millrace.definition.Namespaces.MILLRACE;
import static org.millrace.definition.Namespaces.ZEEBE;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** Reads the tags that a document gives the versions of its processes and decisions. */
final class VersionTags {

  /** Where Camunda 7 and Operaton write it in a DMN document. */
  private static final List<String> DMN =
      List.of("http://camunda.org/schema/1.0/dmn", "http://operaton.org/schema/1.0/dmn");

  private VersionTags() {}

  /** The tags by the ids of those that have one. */
  static Map<String, String> of(XmlElement root) {
    Map<String, String> tags = new HashMap<>();
    for (XmlElement tagged : root.children()) {
      String tag = tag(tagged);
      if (tagged.id() != null && tag != null && !tag.isBlank()) {
        tags.put(tagged.id(), tag.strip());
      }
    }
    return tags;
  }

  private static @Nullable String tag(XmlElement tagged) {
    return Stream.concat(Stream.of(MILLRACE), Stream.concat(CLASSIC.stream(), DMN.stream()))
        .map(namespace -> tagged.attributes().get(new QName(namespace, "versionTag")))
        .filter(tag -> tag != null)
        .findFirst()
        .orElseGet(() -> ofZeebe(tagged));
  }

  private static @Nullable String ofZeebe(XmlElement tagged) {
    return tagged.children().stream()
        .filter(child -> child.kind().equals("extensionElements"))
        .flatMap(extensions -> extensions.children().stream())
        .filter(extension -> extension.is(ZEEBE, "versionTag"))
        .map(extension -> extension.attribute("value"))
        .filter(tag -> tag != null)
        .findFirst()
        .orElse(null);
  }
}
