package org.millrace.differential;

import java.util.Map;

/** Another engine, of which we know what it does. */
enum Oracle {
  OPERATON("http://camunda.org/schema/1.0/bpmn", "external") {
    @Override
    Player play(String xml, Map<String, Object> variables) {
      return new OperatonPlayer(xml, "process", variables);
    }
  },
  FLOWABLE("http://flowable.org/bpmn", "external-worker") {
    @Override
    Player play(String xml, Map<String, Object> variables) {
      return new FlowablePlayer(xml, "process", variables);
    }
  };

  private final String namespace;
  private final String work;

  Oracle(String namespace, String work) {
    this.namespace = namespace;
    this.work = work;
  }

  /** Starts the process whose id is "process". */
  abstract Player play(String xml, Map<String, Object> variables);

  /**
   * A model made by chance. Flowable forgets event sub-processes, when what is beside them ends or
   * begins again.
   */
  Match random(long seed) {
    return new Match(this, "seed " + seed, Model.content(RandomModel.of(seed, this != FLOWABLE)));
  }

  /**
   * A document as this engine's users write it.
   *
   * @param content with the prefix engine for the engine's own words; WORK stands for the type of
   *     work that is done outside
   */
  String document(String content) {
    return """
    <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:engine="%s" targetNamespace="t">
    %s
    </definitions>
    """
        .formatted(namespace, content.replace("WORK", work));
  }
}
