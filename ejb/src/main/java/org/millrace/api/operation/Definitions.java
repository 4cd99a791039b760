package org.millrace.api.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is deployed. */
public interface Definitions {

  /**
   * Deploys a BPMN document: each executable process in it becomes the next version of its id. A
   * process that is the same, byte for byte, as its newest version stays that version. Role: admin.
   *
   * @param name a file name, for people; may be null
   * @param xml the document as it was written; its XML declaration names the encoding
   * @return one per process, in the document's order
   * @throws DeploymentRefused with all problems, if any of it cannot be run
   */
  List<DefinitionView> deploy(@Nullable String name, byte[] xml);

  /** All versions, newest deployment first. Role: viewer. */
  List<DefinitionView> list();

  /**
   * The document, byte for byte as deployed. Role: viewer.
   *
   * @throws Refusal NOT_FOUND
   */
  byte[] xml(String id, int version);

  /**
   * All elements of a process, in the document's order. Role: viewer.
   *
   * @throws Refusal NOT_FOUND
   */
  List<ElementView> elements(String process, int version);
}
