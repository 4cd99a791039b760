package org.millrace.definition;

import org.jspecify.annotations.Nullable;

/** The deployed DMN documents, which others import by their namespaces. */
@FunctionalInterface
public interface ImportedDocuments {

  /** Where there are none. */
  ImportedDocuments NONE = namespace -> null;

  /** The document with this namespace as it was deployed, null if there is none. */
  byte @Nullable [] find(String namespace);
}
