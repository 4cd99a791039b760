package org.millrace.api;

import jakarta.jms.Message;

/**
 * The door through which stage beans of any deployment join the engine's transaction; {@link
 * StageListener} is the only caller. Transaction: MANDATORY, the one that the container began
 * around the message.
 */
public interface StageGateway {

  String JNDI_NAME = "java:global/millrace/millrace-ejb/Stages!org.millrace.api.StageGateway";

  /**
   * The author's part, called once at most per delivery, and only where the last committed state
   * awaits the work.
   */
  @FunctionalInterface
  interface Handler {
    StageResult handle(StageContext context) throws Exception;
  }

  /**
   * Performs the work of one message, and in the same transaction that of messages which wait
   * behind it. It returns normally also for a duplicate (which is dropped) and for a failed attempt
   * (then the transaction is marked for rollback and the attempt is on record when it has ended).
   *
   * @param together whether the handler may be called for more than one piece of work in the
   *     transaction; messages that have failed before never are
   */
  void perform(Message message, Handler handler, boolean together);
}
