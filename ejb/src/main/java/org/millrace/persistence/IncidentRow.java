package org.millrace.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.Length;
import org.jspecify.annotations.Nullable;

/** An incident that stands. */
@Entity
@Table(name = "millrace_incident")
class IncidentRow {

  @EmbeddedId Key id;

  @Column(name = "process")
  String process;

  @Column(name = "activity")
  String activity;

  @Column(name = "stage")
  @Nullable String stage;

  @Column(name = "message", length = Length.LONG32)
  String message;

  @Column(name = "details", length = Length.LONG32)
  @Nullable String details;

  @Column(name = "attempts")
  int attempts;

  @Column(name = "since")
  Instant since;
}
