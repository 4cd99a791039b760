package org.millrace.api;

import jakarta.ejb.EJB;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/**
 * The base of a stage bean: a message-driven bean on the queue of its stage that extends this class
 * and says in {@link #handle} what the stage does.
 *
 * <pre>{@code
 * @MessageDriven(activationConfig = {
 *   @ActivationConfigProperty(
 *       propertyName = "destinationLookup",
 *       propertyValue = "java:/jms/queue/millrace.stage.charge-payment")})
 * public class ChargePayment extends StageListener {
 *   @Override
 *   protected StageResult handle(StageContext context) { ... }
 * }
 * }</pre>
 *
 * <p>Transaction: the container begins one XA transaction around each message. It covers the
 * message, what {@code handle} does to XA resources, the engine's state and the messages that
 * follow; all of it happens, or nothing. Leave the transaction attribute at its default (REQUIRED).
 *
 * <p>Threads: the container calls one bean from one thread at a time, and several beans side by
 * side.
 */
public abstract class StageListener implements MessageListener {

  @EJB(lookup = StageGateway.JNDI_NAME)
  private StageGateway gateway;

  /**
   * Does the work.
   *
   * @return {@link StageResult#done()} or a business error; never null
   * @throws Exception any exception is a technical failure: everything is rolled back, the attempt
   *     is recorded with its stack trace, and the work is tried again after the activity's backoff;
   *     after the last attempt it stands as an incident
   */
  protected abstract StageResult handle(StageContext context) throws Exception;

  /** Called by the container; stages have no reason to call or override it. */
  @Override
  public void onMessage(Message message) {
    gateway.perform(message, this::handle);
  }
}
