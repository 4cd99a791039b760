package org.millrace.definition;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.millrace.kernel.element.BoundaryEvent;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.EventDefinition;
import org.millrace.kernel.element.ReceiveTask;
import org.millrace.kernel.element.StartEvent;
import org.millrace.kernel.element.SubProcess;
import org.millrace.kernel.element.ThrowEvent;

/** Whether what lies in processes and sub-processes can begin there, and is where it belongs. */
record SubProcessCheck(
    List<Element> elements,
    Map<String, Element> byId,
    Map<String, XmlElement> xml,
    Problems problems) {

  void check(XmlElement process, String processId) {
    starts(process, processId);
    for (Element element : elements) {
      if (element instanceof SubProcess subProcess && xml.containsKey(subProcess.id())) {
        subProcess(subProcess, xml.get(subProcess.id()));
      } else if (element instanceof BoundaryEvent boundary
          && boundary.definition() instanceof EventDefinition.Cancel
          && byId.containsKey(boundary.attachedTo())
          && !isTransaction(boundary.attachedTo())) {
        problem(
            boundary,
            "it cancels \"%s\", which is no transaction".formatted(boundary.attachedTo()));
      } else if (element instanceof ThrowEvent end
          && end.definition() instanceof EventDefinition.Cancel) {
        cancel(end);
      } else if (element instanceof ReceiveTask task && task.instantiate() && task.loop() != null) {
        problem(task, "it begins the process, so it is no loop");
      }
    }
  }

  private void problem(Element element, String message) {
    problems.add(requireNonNull(xml.get(element.id())), message);
  }

  /** It begins at one place without a message, or at any of several messages. */
  private void starts(XmlElement container, String id) {
    List<Element> here =
        elements.stream().filter(element -> element.node().parent().equals(id)).toList();
    boolean isEmptySubProcess = xml.containsKey(id) && here.isEmpty();
    if (container.children("startEvent").isEmpty()
        && !isEmptySubProcess
        && here.stream().noneMatch(element -> element.node().incoming().isEmpty())) {
      problems.add(container, "it has no start event");
    }
    List<Element> plain =
        here.stream()
            .filter(
                element ->
                    element instanceof StartEvent start
                        && start.definition() instanceof EventDefinition.None)
            .toList();
    if (plain.size() > 1) {
      problem(plain.get(1), "there is a start event without a message already");
    }
  }

  private void subProcess(SubProcess subProcess, XmlElement source) {
    int starts = source.children("startEvent").size();
    if (subProcess.adHoc() != null) {
      adHoc(subProcess, starts);
    } else if (!subProcess.triggeredByEvent()) {
      starts(source, subProcess.id());
    } else if (starts != 1) {
      problem(subProcess, "an event sub-process has exactly one start event, not " + starts);
    }
    if (subProcess.triggeredByEvent() && StructureCheck.hasFlows(subProcess)) {
      problem(subProcess, "an event begins it, so no sequence flow leads to it or from it");
    }
    if (subProcess.triggeredByEvent() && subProcess.loop() != null) {
      problem(subProcess, "an event begins it, so it is no loop");
    }
  }

  private void adHoc(SubProcess subProcess, int starts) {
    if (starts > 0) {
      problem(subProcess, "it is ad-hoc: somebody says what begins in it, no start event");
    } else if (elements.stream().noneMatch(one -> one.node().parent().equals(subProcess.id()))) {
      problem(subProcess, "it is ad-hoc, and nothing is in it that could begin");
    }
  }

  private void cancel(ThrowEvent end) {
    String transaction = end.node().parent();
    if (!isTransaction(transaction)) {
      problem(end, "it cancels a transaction, but does not lie directly in one");
    } else if (elements.stream()
        .noneMatch(
            element ->
                element instanceof BoundaryEvent boundary
                    && boundary.attachedTo().equals(transaction)
                    && boundary.definition() instanceof EventDefinition.Cancel)) {
      problem(end, "its transaction has no cancel event on its border to go on at");
    }
  }

  private boolean isTransaction(String id) {
    return byId.get(id) instanceof SubProcess subProcess && subProcess.isTransaction();
  }
}
