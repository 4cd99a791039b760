package org.millrace.execution;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.DefinitionView;

/** Deployed documents, each version for ever. */
public interface DefinitionStore {

  /** What is defined. */
  enum Kind {
    PROCESS,
    DECISION,
    /** A document without decisions, for others to import. */
    LIBRARY;

    /** As the contract spells it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One version of a process or decision; they share their ids.
   *
   * @param id the id in the document
   * @param digest the SHA-256 of its document, in hexadecimal
   * @param tag by which it is called too; null for none
   * @param namespace by which its document is imported; null for none
   */
  record Deployed(
      Kind kind,
      String id,
      int version,
      @Nullable String name,
      Instant at,
      String digest,
      @Nullable String tag,
      @Nullable String namespace) {}

  /**
   * The newest version, null if there is none. Locks out other deployments until the transaction
   * ends.
   */
  @Nullable Deployed newestForUpdate(String id);

  void insert(Deployed definition, @Nullable String resource, byte[] xml);

  /** The document as it was deployed, null if there is no such version. */
  byte @Nullable [] xml(String id, int version);

  /**
   * The newest document with a namespace.
   *
   * @param decision with {@code version} the decision whose document imports it: then it is the
   *     newest that was there when that was deployed, or else the newest of all
   */
  byte @Nullable [] imported(String namespace, String decision, int version);

  /** The newest document with a namespace, null if there is none. */
  byte @Nullable [] newestImported(String namespace);

  /** The number of a process's newest version, 0 if there is none. */
  int newestVersion(String process);

  /** The number of a decision's newest version, 0 if there is none. */
  int newestDecision(String decision);

  /** The number of the newest version of a process or decision with a tag, 0 if there is none. */
  int newestTagged(Kind kind, String id, String tag);

  /**
   * The version of a process or decision that was deployed with a version of another: of the same
   * document, else the newest deployed before that, else the first one after it; 0 if there is
   * none.
   */
  int versionBeside(String id, String other, int otherVersion);

  List<DefinitionView> list();

  /**
   * The message start events of the newest versions: replaces those of a process.
   *
   * @param elements the message names, each with its start event's id
   */
  void listenForStarts(String process, java.util.Map<String, String> elements);

  /** A process that a message starts, and where. */
  record MessageStart(String process, String element) {}

  /** Processes whose newest version a message of this name starts, the one deployed last first. */
  List<MessageStart> startedBy(String message);
}
