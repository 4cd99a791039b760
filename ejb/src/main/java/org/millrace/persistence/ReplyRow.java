package org.millrace.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Somebody who waits for the end of an instance. */
@Entity
@Table(name = "millrace_reply")
class ReplyRow {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "id")
  @Nullable Long id;

  @Column(name = "instance_id")
  String instanceId;

  @Column(name = "address")
  String address;

  @Column(name = "correlation_id")
  String correlationId;
}
