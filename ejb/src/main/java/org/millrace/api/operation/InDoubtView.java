package org.millrace.api.operation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction in doubt.
 *
 * @param id as the server's log names it
 * @param state {@code undecided}: nobody has decided to commit it, and the recovery rolls it back;
 *     {@code decided}: it is to be committed, and the recovery tells its branches; {@code
 *     heuristic}: a branch was settled against that, by somebody else; {@code elsewhere}: it is
 *     another server's
 * @param meaning the same, as a sentence for people
 * @param node the server that began it, by its node name
 * @param since when it was prepared, as far as anybody knows; null where nobody does
 */
public record InDoubtView(
    String id,
    String state,
    String meaning,
    String node,
    @Nullable Instant since,
    List<Branch> branches,
    List<Concern> concerns) {

  /**
   * One resource's part.
   *
   * @param resource {@code broker}, {@code database}, or another one's name
   * @param state {@code prepared}, {@code committed} or {@code heuristic}
   */
  public record Branch(String resource, String state) {}

  /**
   * What it is about.
   *
   * @param queue that it takes a message from or sends one to; null where only the instance's row
   *     is known
   */
  public record Concern(
      @Nullable String queue, @Nullable String instanceId, @Nullable String activity) {}
}
