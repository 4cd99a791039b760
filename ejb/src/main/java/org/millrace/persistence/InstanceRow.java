package org.millrace.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.Length;
import org.jspecify.annotations.Nullable;

/** An instance: what lists and searches need of it in columns of their own, and its state. */
@Entity
@Table(name = "millrace_instance")
class InstanceRow {

  @Id
  @Column(name = "id")
  String id;

  @Column(name = "process", updatable = false)
  String process;

  @Column(name = "version")
  int version;

  @Column(name = "business_key", updatable = false)
  @Nullable String businessKey;

  @Column(name = "state")
  String state;

  @Column(name = "priority", updatable = false)
  int priority;

  @Column(name = "started_at", updatable = false)
  Instant startedAt;

  @Column(name = "ended_at")
  @Nullable Instant endedAt;

  @Column(name = "reason")
  @Nullable String reason;

  @Column(name = "step")
  long step;

  /** Not changed with the rest, see {@link StoredInstances#expectReplies}. */
  @Column(name = "replies", updatable = false)
  boolean replies;

  @Column(name = "caller_id", updatable = false)
  @Nullable String callerId;

  @Column(name = "caller_wait", updatable = false)
  @Nullable Integer callerWait;

  @Column(name = "caller_attempt", updatable = false)
  @Nullable Integer callerAttempt;

  @Column(name = "caller_activity", updatable = false)
  @Nullable String callerActivity;

  /** How many callers there are above. */
  @Column(name = "depth", updatable = false)
  int depth;

  @Column(name = "incidents")
  int incidents;

  @Column(name = "activities", length = Length.LONG32)
  String activities;

  @Column(name = "variables", length = Length.LONG32)
  String variables;

  @Column(name = "snapshot", length = Length.LONG32)
  String snapshot;
}
