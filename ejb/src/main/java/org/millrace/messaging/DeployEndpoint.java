package org.millrace.messaging;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.MessageListener;
import java.util.List;
import java.util.Map;
import org.millrace.api.operation.DefinitionView;
import org.millrace.execution.Deployments;
import org.millrace.execution.Dispatcher;
import org.millrace.execution.ReplyStore.ReplyTo;

/** Takes documents to deploy, one after the other. */
@MessageDriven(
    messageListenerInterface = MessageListener.class,
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = "java:/jms/queue/millrace.deploy"),
      @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1")
    })
public class DeployEndpoint extends RequestEndpoint {

  @Inject private Deployments deployments;
  @Inject private Dispatcher dispatcher;

  @Override
  void serve(Inbound message) throws JMSException {
    ReplyTo replyTo = message.replyTo();
    List<DefinitionView> deployed = deployments.deploy(message.text("name"), message.bytes());
    if (replyTo != null) {
      List<Map<String, Object>> body =
          deployed.stream()
              .map(one -> Map.<String, Object>of(one.kind(), one.id(), "version", one.version()))
              .toList();
      dispatcher.reply(replyTo, Map.of("state", "deployed"), body);
    }
  }

  @Override
  String queue() {
    return "millrace.deploy";
  }
}
