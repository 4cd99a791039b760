package org.millrace.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.Length;
import org.jspecify.annotations.Nullable;

/**
 * One version of a process or decision; its id is in the column that was there first for processes.
 */
@Entity
@Table(name = "millrace_definition")
class DefinitionRow {

  /** The key. */
  @Embeddable
  record Id(@Column(name = "process") String process, @Column(name = "version") int version) {}

  @EmbeddedId Id id;

  @Column(name = "kind")
  String kind;

  @Column(name = "name")
  @Nullable String name;

  @Column(name = "resource")
  @Nullable String resource;

  @Column(name = "digest")
  String digest;

  @Column(name = "xml", length = Length.LONG32)
  byte[] xml;

  @Column(name = "tag")
  @Nullable String tag;

  @Column(name = "namespace")
  @Nullable String namespace;

  @Column(name = "deployed_at")
  Instant deployedAt;
}
