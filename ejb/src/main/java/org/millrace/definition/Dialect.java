package org.millrace.definition;

import static org.millrace.definition.Namespaces.ACTIVITI;
import static org.millrace.definition.Namespaces.CAMUNDA;
import static org.millrace.definition.Namespaces.CLASSIC;
import static org.millrace.definition.Namespaces.DROOLS;
import static org.millrace.definition.Namespaces.FLOWABLE;
import static org.millrace.definition.Namespaces.OPERATON;

import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * For which engine a document was written, as the namespaces say that it declares: where BPMN
 * leaves room, that engine's reading is meant.
 *
 * @param isClassic for one of those that write the same: Camunda 7, Operaton, Flowable, Activiti
 * @param isFlowable for Flowable or Activiti alone
 * @param isDrools for jBPM
 */
record Dialect(boolean isClassic, boolean isFlowable, boolean isDrools) {

  static Dialect of(XmlElement definitions) {
    Collection<String> declared = definitions.attributes().values();
    return new Dialect(
        !Collections.disjoint(declared, CLASSIC),
        !Collections.disjoint(declared, List.of(FLOWABLE, ACTIVITI))
            && Collections.disjoint(declared, List.of(CAMUNDA, OPERATON)),
        declared.contains(DROOLS));
  }

  /** Activiti, Flowable and jBPM execute a process that does not say whether it is executable. */
  boolean isExecutable(XmlElement process) {
    return process.attribute("isExecutable") == null
        ? isDrools || isFlowable
        : process.isTrue("isExecutable");
  }
}
