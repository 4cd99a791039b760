package org.millrace.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A message that starts the newest version of a process. */
@Entity
@Table(name = "millrace_start_message")
class StartMessageRow {

  /** The key. */
  @Embeddable
  record Id(@Column(name = "message") String message, @Column(name = "process") String process) {}

  @EmbeddedId Id id;

  @Column(name = "element")
  String element;
}
