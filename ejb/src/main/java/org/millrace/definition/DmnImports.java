package org.millrace.definition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers the documents that a DMN document imports, and those that these import. */
final class DmnImports {

  /** More than anybody oversees; each may be imported by several ways, and is evaluated in each. */
  private static final int MAX_DOCUMENTS = 20;

  /** A document that is imported, as it was written and as it was read. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares documents here.
  record Found(byte[] xml, XmlElement root) {}

  private final ImportedDocuments deployed;
  private final Problems problems;
  private final XmlElement importing;
  private final Map<String, Found> found = new LinkedHashMap<>();

  private DmnImports(XmlElement importing, ImportedDocuments deployed, Problems problems) {
    this.importing = importing;
    this.deployed = deployed;
    this.problems = problems;
  }

  /** Each of them once; what is not there is a problem. */
  static List<Found> of(XmlElement definitions, ImportedDocuments deployed, Problems problems) {
    DmnImports imports = new DmnImports(definitions, deployed, problems);
    imports.gather(definitions, null);
    return List.copyOf(imports.found.values());
  }

  /**
   * Gathers what one document imports.
   *
   * @param by the import in the first document that led here, null in that document itself
   */
  private void gather(XmlElement definitions, @Nullable XmlElement by) {
    for (XmlElement child : definitions.children()) {
      if (child.kind().equals("import")) {
        gather(child, by == null ? child : by, String.valueOf(child.attribute("namespace")));
      }
    }
  }

  private void gather(XmlElement one, XmlElement by, String namespace) {
    String type = one.attribute("importType");
    if (type == null || !type.contains("/DMN/")) {
      problem(by, "it imports what is no DMN: " + type);
    } else if (namespace.equals(importing.attribute("namespace"))) {
      problem(by, "it imports itself, or something that imports it");
    } else if (!found.containsKey(namespace)) {
      byte[] document = deployed.find(namespace);
      if (document == null) {
        problem(by, "it imports \"%s\", which is not deployed".formatted(namespace));
      } else if (found.size() >= MAX_DOCUMENTS) {
        problem(by, "it imports more than %d documents".formatted(MAX_DOCUMENTS));
      } else {
        XmlElement root = XmlGuard.read(document);
        found.put(namespace, new Found(document, root));
        gather(root, by);
      }
    }
  }

  private void problem(XmlElement by, String message) {
    problems.add(by.id(), by, by.line(), message);
  }
}
