package org.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import org.millrace.api.ProcessDeployer;

/** Deploys a process that a timer starts, in a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DeployingBean {

  static final String PROCESS = "poison-deployed";

  @EJB(lookup = ProcessDeployer.JNDI_NAME)
  ProcessDeployer deployer;

  public void deploy() {
    String timer =
        "<startEvent id=\"start\"><timerEventDefinition><timeDuration>PT0.1S</timeDuration>"
            + "</timerEventDefinition></startEvent>";
    String process = Bpmn.empty(PROCESS).replace("<startEvent id=\"start\"/>", timer);
    deployer.deploy(PROCESS, process.getBytes(UTF_8));
  }
}
