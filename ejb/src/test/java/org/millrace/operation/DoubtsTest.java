package org.millrace.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.millrace.api.operation.InDoubtView;
import org.millrace.api.operation.InDoubtView.Branch;
import org.millrace.api.operation.InDoubtView.Concern;
import org.millrace.execution.Branches;
import org.millrace.execution.TransactionId;
import org.millrace.execution.TransactionLog.Decision;
import org.millrace.execution.TransactionLog.Participant;

class DoubtsTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Instant LONG_AGO = NOW.minusSeconds(60);
  private static final TransactionId EARLIER = new TransactionId("0:1:2:3:4", "here");
  private static final TransactionId OF_THIS_RUN = new TransactionId("0:1:2:9:4", "here");
  private static final TransactionId ELSEWHERE = new TransactionId("0:7:2:3:4", "there");
  private static final Concern WORK = new Concern("millrace.stage.pay", "i", "pay");

  private final Doubts doubts = new Doubts("0:1:2:9:1", "here");

  private void prepared(String resource, TransactionId id, @Nullable Instant since) {
    doubts.prepared(resource, new Branches.Branch(id, since, List.of(WORK)));
  }

  private void decided(TransactionId id, boolean heuristic) {
    doubts.decided(
        new Decision(id.text(), LONG_AGO, List.of(new Participant("other", id, heuristic))));
  }

  private List<String> states() {
    return doubts.views(NOW).stream().map(InDoubtView::state).toList();
  }

  @Test
  void givenBothBranchesArePrepared_whenNoDecisionIsInTheLog_thenItIsUndecided() {
    prepared("broker", EARLIER, NOW);
    prepared("database", EARLIER, LONG_AGO);

    assertThat(doubts.views(NOW))
        .singleElement()
        .satisfies(
            view -> {
              assertThat(view.state()).isEqualTo("undecided");
              assertThat(view.since()).isEqualTo(LONG_AGO);
              assertThat(view.branches())
                  .containsExactly(
                      new Branch("broker", "prepared"), new Branch("database", "prepared"));
              assertThat(view.concerns()).containsExactly(WORK);
            });
  }

  @Test
  void givenADecisionIsInTheLog_thenItIsDecided() {
    prepared("database", EARLIER, null);
    decided(EARLIER, false);

    assertThat(states()).containsExactly("decided");
  }

  @Test
  void givenABranchWasSettledAgainstTheDecision_thenItIsHeuristic() {
    decided(EARLIER, true);

    assertThat(doubts.views(NOW))
        .singleElement()
        .satisfies(
            view -> {
              assertThat(view.state()).isEqualTo("heuristic");
              assertThat(view.branches()).containsExactly(new Branch("other", "heuristic"));
            });
  }

  @Test
  void givenAnotherServersTransaction_thenThatOneHasToSettleIt() {
    prepared("database", ELSEWHERE, LONG_AGO);

    assertThat(states()).containsExactly("elsewhere");
  }

  @Test
  void givenWhatIsBeingCommittedJustNow_thenItIsNotInDoubt() {
    prepared("broker", OF_THIS_RUN, NOW.minusSeconds(9));

    assertThat(states()).isEmpty();
  }

  @Test
  void givenItHasStoodInThisRunForLong_thenItIsInDoubt() {
    prepared("broker", OF_THIS_RUN, NOW.minusSeconds(11));

    assertThat(states()).containsExactly("undecided");
  }
}
