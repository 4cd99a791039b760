package org.millrace.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** A signal that starts the newest version of a process. */
@Entity
@Table(name = "millrace_start_signal")
class StartSignalRow {

  /** The key, which is all there is. */
  @Embeddable
  record Id(
      @Column(name = "signal") String signal,
      @Column(name = "process") String process,
      @Column(name = "element") String element) {}

  @EmbeddedId Id id;
}
