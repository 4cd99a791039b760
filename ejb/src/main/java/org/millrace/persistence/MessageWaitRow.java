package org.millrace.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A wait for a message. */
@Entity
@Table(name = "millrace_message_wait")
class MessageWaitRow {

  @EmbeddedId Key id;

  @Column(name = "message")
  String message;

  @Column(name = "business_key")
  @Nullable String businessKey;

  /** The wait's own key, or the business key where it names none. */
  @Column(name = "correlation_key")
  @Nullable String correlationKey;

  @Column(name = "since")
  Instant since;
}
