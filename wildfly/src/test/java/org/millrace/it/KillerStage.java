package org.millrace.it;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.jms.MessageListener;
import org.millrace.api.StageContext;
import org.millrace.api.StageListener;
import org.millrace.api.StageResult;

/** A stage bean that ends the server each time. */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Queue"),
      @ActivationConfigProperty(propertyName = "useJNDI", propertyValue = "false"),
      @ActivationConfigProperty(
          propertyName = "destination",
          propertyValue = "millrace.stage.poison-killer")
    })
public class KillerStage extends StageListener {

  static final int STATUS = 78;

  @Override
  protected StageResult handle(StageContext work) {
    Runtime.getRuntime().halt(STATUS);
    return StageResult.done();
  }
}
