package org.millrace.examples.order;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.operaton.bpm.model.bpmn.Bpmn;
import org.operaton.bpm.model.bpmn.BpmnModelInstance;
import org.operaton.bpm.model.bpmn.instance.Association;
import org.operaton.bpm.model.bpmn.instance.BaseElement;
import org.operaton.bpm.model.bpmn.instance.EndEvent;
import org.operaton.bpm.model.bpmn.instance.FlowNode;
import org.operaton.bpm.model.bpmn.instance.Process;
import org.operaton.bpm.model.bpmn.instance.SequenceFlow;
import org.operaton.bpm.model.bpmn.instance.ServiceTask;
import org.operaton.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.operaton.bpm.model.bpmn.instance.bpmndi.BpmnShape;

class OrderProcessTest {

  private static final String MILLRACE = "http://millrace.org/schema/bpmn";

  private final BpmnModelInstance model =
      Bpmn.readModelFromStream(OrderProcessTest.class.getResourceAsStream("/order.bpmn"));

  @Test
  void givenTheProcess_whenItIsRead_thenItIsValidBpmnAndExecutable() {
    Bpmn.validateModel(model);

    Process process = model.getModelElementById("order");
    assertThat(process.isExecutable()).isTrue();
  }

  @Test
  void givenTheDiagram_whenItIsOpened_thenEveryNodeHasAShapeAndEveryFlowAnEdge() {
    assertThat(
            ids(
                model.getModelElementsByType(BpmnShape.class).stream()
                    .map(BpmnShape::getBpmnElement)))
        .isEqualTo(ids(model.getModelElementsByType(FlowNode.class).stream()));
    assertThat(
            ids(
                model.getModelElementsByType(BpmnEdge.class).stream()
                    .map(BpmnEdge::getBpmnElement)))
        .isEqualTo(
            ids(
                Stream.concat(
                    model.getModelElementsByType(SequenceFlow.class).stream(),
                    model.getModelElementsByType(Association.class).stream())));
  }

  @Test
  void givenTheProcess_whenAPersonLooks_thenEveryNodeHasAName() {
    assertThat(model.getModelElementsByType(FlowNode.class))
        .allSatisfy(node -> assertThat(node.getName()).as(node.getId()).isNotBlank());
  }

  @Test
  void givenTheFlows_whenFollowed_thenBothEndsKnowThem() {
    assertThat(model.getModelElementsByType(SequenceFlow.class))
        .allSatisfy(
            flow -> {
              assertThat(flow.getSource().getOutgoing()).contains(flow);
              assertThat(flow.getTarget().getIncoming()).contains(flow);
            });
  }

  @Test
  void givenTheServiceTasks_whenTheyAreDeployed_thenEachStageHasItsBean() {
    Collection<ServiceTask> tasks = model.getModelElementsByType(ServiceTask.class);

    assertThat(tasks.stream().map(task -> task.getAttributeValueNs(MILLRACE, "stage")))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    CheckOrder.class,
                    ReserveStock.class,
                    ReleaseStock.class,
                    ChargePayment.class,
                    RefundPayment.class,
                    ShipOrder.class,
                    NotifyCustomer.class)
                .map(OrderProcessTest::stageOf)
                .toList());
  }

  @Test
  void givenTheProcess_whenItEnds_thenItIsInOneOfTheseWays() {
    Process process = model.getModelElementById("order");

    assertThat(ids(process.getFlowElements().stream().filter(EndEvent.class::isInstance)))
        .containsExactlyInAnyOrder(
            "order-completed",
            "order-invalid",
            "order-rejected",
            "order-out-of-stock",
            "order-declined",
            "order-cancelled");
  }

  private static Set<String> ids(Stream<? extends BaseElement> elements) {
    return elements.map(BaseElement::getId).collect(Collectors.toSet());
  }

  private static String stageOf(Class<?> bean) {
    return Arrays.stream(bean.getAnnotation(MessageDriven.class).activationConfig())
        .filter(property -> property.propertyName().equals("destinationLookup"))
        .map(ActivationConfigProperty::propertyValue)
        .collect(Collectors.joining())
        .replace("java:/jms/queue/millrace.stage.", "");
  }
}
