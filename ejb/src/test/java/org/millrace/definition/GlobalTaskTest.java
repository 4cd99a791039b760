package org.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.api.operation.Problem;
import org.millrace.kernel.element.Element;
import org.millrace.kernel.element.PassTask;
import org.millrace.kernel.element.ScriptTask;
import org.millrace.kernel.element.ServiceTask;
import org.millrace.kernel.element.UserTask;

/** A call activity that calls a task which several processes share is that task. */
class GlobalTaskTest {

  private static byte[] document(String global) {
    return Documents.document(
        global
            + """
            <resource id="r" name="clerks"/>
            <process id="p" isExecutable="true"><startEvent id="s"/>
              <sequenceFlow id="f" sourceRef="s" targetRef="c"/>
              <callActivity id="c" calledElement="g"><extensionElements>
                <zeebe:ioMapping><zeebe:input source="= x" target="y"/></zeebe:ioMapping></extensionElements></callActivity>
            </process>
            """);
  }

  private static Element called(String global) {
    return Documents.read(document(global)).element("c");
  }

  @Test
  void eachKind() {
    assertThat(called("<globalTask id='g'/>")).isInstanceOf(PassTask.class);
    assertThat(called("<globalManualTask id='g'/>")).isInstanceOf(PassTask.class);
    UserTask user =
        (UserTask)
            called(
                "<globalUserTask id='g' implementation='##WebService'><potentialOwner><resourceRef>r</resourceRef></potentialOwner></globalUserTask>");
    assertThat(user.groups()).extracting("source").containsExactly("clerks");
    assertThat(user.mappings().inputs()).hasSize(1);
    assertThat(user.node().type()).isEqualTo("callActivity");
    ScriptTask script =
        (ScriptTask)
            called(
                "<globalScriptTask id='g' scriptLanguage='feel'><script>1 + 1</script></globalScriptTask>");
    assertThat(script.script().evaluate(Map.of(), Instant.EPOCH)).isEqualTo(2L);
    assertThat(called("<globalBusinessRuleTask id='g'/>"))
        .isInstanceOfSatisfying(
            ServiceTask.class, task -> assertThat(task.work().stage()).isEqualTo("g"));
  }

  @Test
  void whatIsNotUnderstoodOfIt() {
    assertThat(Documents.problems(document("<globalUserTask id='g' camunda:more='x'/>")))
        .singleElement()
        .extracting(Problem::element)
        .isEqualTo("g");
  }
}
