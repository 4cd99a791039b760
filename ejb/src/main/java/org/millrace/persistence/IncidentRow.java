package org.millrace.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
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

  @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
  @Column(name = "message")
  String message;

  @JdbcTypeCode(SqlTypes.LONG32VARCHAR)
  @Column(name = "details")
  @Nullable String details;

  @Column(name = "attempts")
  int attempts;

  @Column(name = "since")
  Instant since;
}
