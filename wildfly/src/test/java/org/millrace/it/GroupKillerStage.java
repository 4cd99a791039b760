package org.millrace.it;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.jms.MessageListener;
import org.millrace.api.StageContext;
import org.millrace.api.StageListener;
import org.millrace.api.StageResult;

/**
 * A stage bean that ends the server each time, but for those whose business key says that they are
 * innocent. One after the other: so nobody else is in the middle of anything when it ends.
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
          propertyValue = "millrace.stage.group-killer"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1")
    })
public class GroupKillerStage extends StageListener {

  static final int STATUS = 79;
  static final String INNOCENT = "innocent";

  @Override
  protected StageResult handle(StageContext work) {
    if (!String.valueOf(work.businessKey()).startsWith(INNOCENT)) {
      Runtime.getRuntime().halt(STATUS);
    }
    return StageResult.done();
  }
}
