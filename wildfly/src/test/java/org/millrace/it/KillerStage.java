package org.millrace.it;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.jms.MessageListener;
import java.util.ArrayList;
import java.util.List;
import org.millrace.api.StageContext;
import org.millrace.api.StageListener;
import org.millrace.api.StageResult;

/** A stage bean that takes all memory, and so ends the server each time. */
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

  /** With which a Java virtual machine ends that is told to do so when memory is out. */
  static final int STATUS = 3;

  private static final int MUCH = 16 * 1024 * 1024;

  private final List<byte[]> taken = new ArrayList<>();

  @Override
  protected StageResult handle(StageContext work) {
    while (true) {
      taken.add(new byte[MUCH]);
    }
  }
}
