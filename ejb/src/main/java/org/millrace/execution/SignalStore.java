package org.millrace.execution;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.millrace.execution.WaitStore.WaitRef;

/** Who waits for signals: instances, and processes that begin with one. */
public interface SignalStore {

  /** A start event of a process that a signal starts. */
  record SignalStart(String signal, String process, String element) {}

  /**
   * All waits for a signal, those of one instance together.
   *
   * @param but the instance that is left out; null for none
   */
  List<WaitRef> waitingFor(String signal, @Nullable String but);

  /** What starts the newest version of a process: replaces what was known of it. */
  void listenForStarts(String process, List<SignalStart> starts);

  /** What a signal starts, by process and element. */
  List<SignalStart> startedBy(String signal);
}
