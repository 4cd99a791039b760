package org.millrace.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A wait for a signal. */
@Entity
@Table(name = "millrace_signal_wait")
class SignalWaitRow {

  @EmbeddedId Key id;

  @Column(name = "signal")
  String signal;
}
