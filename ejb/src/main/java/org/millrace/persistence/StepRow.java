package org.millrace.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.Length;

/** One step of an instance. */
@Entity
@Table(name = "millrace_history")
class StepRow {

  /** The key. */
  @Embeddable
  record Id(@Column(name = "instance_id") String instanceId, @Column(name = "step") long step) {}

  @EmbeddedId Id id;

  @Column(name = "recorded_at")
  Instant recordedAt;

  @Column(name = "events", length = Length.LONG32)
  String events;
}
