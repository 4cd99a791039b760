package org.millrace.it;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.jms.MessageListener;
import org.millrace.api.StageContext;
import org.millrace.api.StageListener;
import org.millrace.api.StageResult;

/**
 * A stage bean that has something done in a transaction of its own, and then fails. It deploys a
 * process that a timer starts.
 */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Queue"),
      @ActivationConfigProperty(propertyName = "useJNDI", propertyValue = "false"),
      @ActivationConfigProperty(
          propertyName = "destination",
          propertyValue = "millrace.stage.poison-deploying")
    })
public class DeployingStage extends StageListener {

  @EJB DeployingBean deploying;

  @Override
  protected StageResult handle(StageContext work) {
    deploying.deploy();
    throw new IllegalStateException("and then it fails");
  }
}
