package org.millrace.execution;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.DefinitionView;

/** Deployed documents, each version for ever. */
public interface DefinitionStore {

  /**
   * One version of a process.
   *
   * @param digest the SHA-256 of its document, in hexadecimal
   */
  record Deployed(String process, int version, @Nullable String name, Instant at, String digest) {}

  /**
   * The newest version, null if there is none. Locks out other deployments until the transaction
   * ends.
   */
  @Nullable Deployed newestForUpdate(String process);

  void insert(Deployed definition, @Nullable String resource, byte[] xml);

  /** The document as it was deployed, null if there is no such version. */
  byte @Nullable [] xml(String process, int version);

  /** The number of the newest version, 0 if there is none. */
  int newestVersion(String process);

  /**
   * The version of a process that was deployed with a version of another: of the same document,
   * else the newest deployed before that, else the first one after it; 0 if there is none.
   */
  int versionBeside(String process, String other, int otherVersion);

  List<DefinitionView> list();

  /**
   * The message start events of the newest versions: replaces those of a process.
   *
   * @param elements the message names, each with its start event's id
   */
  void listenForStarts(String process, java.util.Map<String, String> elements);

  /** A process that a message starts, and where. */
  record MessageStart(String process, String element) {}

  /** Processes whose newest version a message of this name starts, by process id. */
  List<MessageStart> startedBy(String message);
}
