package org.millrace.definition;

import java.util.List;
import java.util.Map;

/** The XML namespaces whose words mean something to the engine. */
final class Namespaces {

  static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  static final String MILLRACE = "http://millrace.org/schema/bpmn";
  static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
  static final String OPERATON = "http://operaton.org/schema/1.0/bpmn";
  static final String FLOWABLE = "http://flowable.org/bpmn";
  static final String ACTIVITI = "http://activiti.org/bpmn";
  static final String DROOLS = "http://www.jboss.org/drools";
  static final String ZEEBE = "http://camunda.org/schema/zeebe/1.0";

  /** Engines that write the same attributes, each in a namespace of its own. */
  static final List<String> CLASSIC = List.of(CAMUNDA, OPERATON, FLOWABLE, ACTIVITI);

  /** Their usual prefixes. What is written in any of these is understood or refused. */
  static final Map<String, String> PREFIXES =
      Map.of(
          MILLRACE,
          "millrace",
          CAMUNDA,
          "camunda",
          OPERATON,
          "operaton",
          FLOWABLE,
          "flowable",
          ZEEBE,
          "zeebe",
          ACTIVITI,
          "activiti",
          DROOLS,
          "drools");

  private Namespaces() {}
}
