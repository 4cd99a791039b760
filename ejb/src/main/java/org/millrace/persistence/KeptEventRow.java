package org.millrace.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.Length;

/** A message that came before its wait. */
@Entity
@Table(name = "millrace_kept_event")
class KeptEventRow {

  @Id
  @Column(name = "id")
  String id;

  @Column(name = "message")
  String message;

  @Column(name = "business_key")
  String businessKey;

  @Column(name = "correlation_key")
  String correlationKey;

  @Column(name = "instance_id")
  String instanceId;

  @Column(name = "variables", length = Length.LONG32)
  String variables;

  @Column(name = "kept_at")
  Instant keptAt;

  @Column(name = "expires_at")
  Instant expiresAt;
}
