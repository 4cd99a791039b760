package org.millrace.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** The next time of a timer that starts the newest version of a process. */
@Entity
@Table(name = "millrace_start_timer")
class StartTimerRow {

  /** The key. */
  @Embeddable
  record Id(
      @Column(name = "process") String process,
      @Column(name = "element") String element,
      @Column(name = "part") int part) {}

  @EmbeddedId Id id;

  @Column(name = "version")
  int version;

  @Column(name = "cycle")
  String cycle;

  @Column(name = "due")
  Instant due;

  @Column(name = "repeats")
  int repeats;
}
