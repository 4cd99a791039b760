package org.millrace.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** A timer that runs. */
@Entity
@Table(name = "millrace_timer")
class TimerRow {

  @EmbeddedId Key id;

  @Column(name = "due")
  Instant due;
}
