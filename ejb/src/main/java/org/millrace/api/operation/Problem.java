package org.millrace.api.operation;

import org.jspecify.annotations.Nullable;

/**
 * One reason why a document cannot be deployed.
 *
 * @param element the id of the element, null where the document as a whole is meant
 * @param line the line in the document, from 1; 0 where it is not known
 * @param message what is wrong and what to do
 */
public record Problem(@Nullable String element, int line, String message) {

  @Override
  public String toString() {
    return (line > 0 ? "line " + line + ": " : "")
        + (element == null ? "" : element + ": ")
        + message;
  }
}
