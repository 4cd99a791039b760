package org.millrace.messaging;

import jakarta.transaction.Synchronization;

/** Hears how a transaction has ended, and has nothing to do before. */
@FunctionalInterface
interface AfterCompletion extends Synchronization {

  @Override
  default void beforeCompletion() {
    // Only how it ends matters.
  }
}
