package org.millrace.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.millrace.api.operation.InDoubtView;
import org.millrace.api.operation.InDoubtView.Branch;
import org.millrace.api.operation.InDoubtView.Concern;
import org.millrace.execution.Branches;
import org.millrace.execution.TransactionId;
import org.millrace.execution.TransactionLog.Decision;
import org.millrace.execution.TransactionLog.Participant;

/** Puts together what the resources and the log say about the same transaction. */
final class Doubts {

  static final String HEURISTIC = "heuristic";

  private static final String PREPARED = "prepared";

  /** What has stood for less than this since the server started is being committed just now. */
  private static final Duration MOMENT = Duration.ofSeconds(10);

  /** All that is known of one transaction. */
  private static final class Doubt {

    private final List<Branch> branches = new ArrayList<>();
    private final Set<Concern> concerns = new LinkedHashSet<>();
    private String node = "";
    private @Nullable Instant since;
    private @Nullable Decision decision;

    /** The earliest time that anybody knows. */
    private void known(@Nullable Instant at) {
      Instant before = since;
      if (at != null && (before == null || at.isBefore(before))) {
        since = at;
      }
    }
  }

  private final Map<String, Doubt> doubts = new HashMap<>();
  private final String current;
  private final String node;

  /**
   * Nothing yet.
   *
   * @param current the id of a transaction of this run of the server
   * @param node this server's name
   */
  Doubts(String current, String node) {
    this.current = current;
    this.node = node;
  }

  /** A resource has a branch of it prepared. */
  void prepared(String resource, Branches.Branch branch) {
    Doubt doubt = doubts.computeIfAbsent(branch.transaction().text(), id -> new Doubt());
    doubt.node = branch.transaction().node();
    doubt.known(branch.since());
    doubt.branches.add(new Branch(resource, PREPARED));
    doubt.concerns.addAll(branch.concerns());
  }

  /** It is in the log: so it is to be committed. To be called after all that is prepared. */
  void decided(Decision decision) {
    Doubt doubt = doubts.computeIfAbsent(decision.id(), id -> new Doubt());
    doubt.decision = decision;
    doubt.known(decision.since());
    for (Participant participant : decision.participants()) {
      TransactionId transaction = participant.transaction();
      if (transaction != null) {
        doubt.node = transaction.node();
      }
      if (participant.heuristic()) {
        doubt.branches.add(new Branch(participant.name(), HEURISTIC));
      }
    }
  }

  /** Oldest first; what nobody knows the age of comes before all. */
  List<InDoubtView> views(Instant now) {
    return doubts.entrySet().stream()
        .filter(entry -> !isBeingCommitted(entry.getKey(), entry.getValue(), now))
        .map(entry -> view(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparing(
                    InDoubtView::since, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(InDoubtView::id))
        .toList();
  }

  /** Every transaction stands between its two phases for a moment. */
  private boolean isBeingCommitted(String id, Doubt doubt, Instant now) {
    Instant since = doubt.since;
    return TransactionId.ofSameRun(id, current)
        && doubt.branches.stream().allMatch(Doubts::isPrepared)
        && (since == null || Duration.between(since, now).compareTo(MOMENT) < 0);
  }

  private InDoubtView view(String id, Doubt doubt) {
    String state = state(doubt);
    return new InDoubtView(
        id,
        state,
        meaning(state, doubt.node),
        doubt.node,
        doubt.since,
        List.copyOf(doubt.branches),
        List.copyOf(doubt.concerns));
  }

  private String state(Doubt doubt) {
    if (!doubt.branches.stream().allMatch(Doubts::isPrepared)) {
      return HEURISTIC;
    }
    if (doubt.decision != null) {
      return "decided";
    }
    return doubt.node.equals(node) ? "undecided" : "elsewhere";
  }

  private static String meaning(String state, String node) {
    return switch (state) {
      case HEURISTIC ->
          "It is to be committed, but somebody else has settled a branch of it in another way. Put"
              + " right by hand what that has left, and then accept it: the guide says how.";
      case "decided" ->
          "It is to be committed. The recovery tells those of its branches that do not know it"
              + " yet.";
      case "undecided" ->
          "The server ended before it was decided to commit it. The recovery rolls it back, and its"
              + " messages are delivered again.";
      default -> "The server \"%s\" began it and has to settle it: start that one.".formatted(node);
    };
  }

  private static boolean isPrepared(Branch branch) {
    return branch.state().equals(PREPARED);
  }
}
