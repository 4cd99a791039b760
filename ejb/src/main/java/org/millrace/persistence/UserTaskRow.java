package org.millrace.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A human task that waits. */
@Entity
@Table(name = "millrace_task")
class UserTaskRow {

  @EmbeddedId Key id;

  @Column(name = "process")
  String process;

  @Column(name = "version")
  int version;

  @Column(name = "business_key")
  @Nullable String businessKey;

  @Column(name = "activity")
  String activity;

  @Column(name = "assignee")
  @Nullable String assignee;

  @Column(name = "offered_users")
  String users;

  @Column(name = "offered_groups")
  String groups;

  @Column(name = "since")
  Instant since;
}
