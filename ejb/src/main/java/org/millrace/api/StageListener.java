package org.millrace.api;

import jakarta.ejb.EJBException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The base of a stage bean: a message-driven bean on the queue of its stage that extends this class
 * and says in {@link #handle} what the stage does.
 *
 * <pre>{@code
 * @MessageDriven(
 *     messageListenerInterface = MessageListener.class,
 *     activationConfig = {
 *       @ActivationConfigProperty(
 *           propertyName = "destinationLookup",
 *           propertyValue = "java:/jms/queue/millrace.stage.charge-payment")
 *     })
 * public class ChargePayment extends StageListener {
 *   @Override
 *   protected StageResult handle(StageContext context) { ... }
 * }
 * }</pre>
 *
 * <p>The interface must be named there: the server does not look for it in a superclass that comes
 * from another deployment.
 *
 * <p>Transaction: the container begins one XA transaction around each message. It covers the
 * message, what {@code handle} does to XA resources, the engine's state and the messages that
 * follow; all of it happens, or nothing. Where many messages wait, one transaction takes several of
 * them, see {@link #together}. Leave the transaction attribute at its default (REQUIRED).
 *
 * <p>Threads: the container calls one bean from one thread at a time, and several beans side by
 * side.
 */
public abstract class StageListener implements MessageListener {

  private @Nullable StageGateway gateway;

  /**
   * Does the work.
   *
   * @return {@link StageResult#done()} or a business error; never null
   * @throws Exception any exception is a technical failure: everything is rolled back, the attempt
   *     is recorded with its stack trace, and the work is tried again after the activity's backoff;
   *     after the last attempt it stands as an incident
   */
  protected abstract StageResult handle(StageContext context) throws Exception;

  /**
   * Whether one transaction may do several pieces of this stage's work, one after the other, where
   * they wait for it; it costs far less. If one of them fails, all are rolled back, and each is
   * done again alone. Not for a stage of several sessions that locks rows which its other work
   * locks too, in another order: two transactions would hold each other up. (One row per piece of
   * work, or always the same one, is no such case.) Where all work locks the same few rows, one
   * session that does it together is far faster than several: {@code maxSession} 1.
   *
   * @return true, unless overridden
   */
  protected boolean together() {
    return true;
  }

  /** Called by the container; stages have no reason to call or override it. */
  @Override
  public void onMessage(Message message) {
    gateway().perform(message, this::handle, together());
  }

  /**
   * Looked up and not injected: the server injects nothing into a superclass that comes from
   * another deployment.
   */
  @SuppressWarnings("BanJNDI") // The name is a constant of our own, in the server's own naming.
  private StageGateway gateway() {
    StageGateway found = gateway;
    if (found == null) {
      try {
        found = InitialContext.doLookup(StageGateway.JNDI_NAME);
      } catch (NamingException e) {
        throw new EJBException("the engine, millrace.ear, is not deployed", e);
      }
      gateway = found;
    }
    return found;
  }
}
