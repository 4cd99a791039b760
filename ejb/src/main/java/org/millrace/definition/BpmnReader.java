package org.millrace.definition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.api.operation.Problem;
import org.millrace.definition.expression.Expressions;
import org.millrace.kernel.graph.Decisions;
import org.millrace.kernel.graph.ProcessGraph;

/**
 * Reads a BPMN document. What it contains besides executable processes is not looked at: other
 * participants, the collaboration, the diagram. Nor does it matter in which order a tool writes the
 * parts of an element, which BPMN's schema would have it.
 */
public final class BpmnReader {

  private BpmnReader() {}

  /** Like {@link #read(byte[], Decisions)}, for processes that are looked at and not run. */
  public static List<ProcessGraph> read(byte[] xml) {
    return read(xml, Decisions.NONE);
  }

  /**
   * Compiles the executable processes of a document. Fetches nothing, whatever the document says.
   *
   * @param xml the document as it was written
   * @param decisions what its business-rule tasks call when they run; not asked here
   * @return at least one, in the document's order
   * @throws DeploymentRefused with all that is wrong with it
   */
  public static List<ProcessGraph> read(byte[] xml, Decisions decisions) {
    XmlElement definitions = XmlGuard.read(xml);
    if (!definitions.is(Namespaces.BPMN, "definitions")) {
      throw new DeploymentRefused(
          List.of(
              new Problem(
                  null,
                  definitions.line(),
                  "this is no BPMN 2.0: it begins with "
                      + definitions.name()
                      + ", not with definitions in "
                      + Namespaces.BPMN)));
    }
    Problems problems = new Problems();
    List<ProcessGraph> processes =
        Expressions.ofOneDocument(() -> processes(definitions, decisions, problems));
    problems.refuse();
    return processes;
  }

  private static List<ProcessGraph> processes(
      XmlElement definitions, Decisions decisions, Problems problems) {
    for (XmlElement extension : definitions.children("extension")) {
      if (extension.isTrue("mustUnderstand")) {
        problems.add(extension, "this extension is not understood");
      }
    }
    RootElements roots = new RootElements(definitions);
    List<ProcessGraph> processes = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (XmlElement process : definitions.children("process")) {
      if (roots.dialect().isExecutable(process)) {
        ProcessGraph graph = ProcessReader.read(process, roots, decisions, problems);
        processes.add(graph);
        if (!graph.id().isEmpty() && !ids.add(graph.id())) {
          problems.add(process, "the id \"" + graph.id() + "\" stands in the document twice");
        }
      }
    }
    if (processes.isEmpty()) {
      problems.add(definitions, "no process in it is marked isExecutable=\"true\"");
    }
    return List.copyOf(processes);
  }
}
