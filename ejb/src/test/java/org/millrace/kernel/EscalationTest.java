package org.millrace.kernel;

import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.Decision.Kind;
import org.millrace.kernel.command.Command;
import org.millrace.kernel.element.EventDefinition;

class EscalationTest {

  private static TestProcess thrower(boolean interrupting, EventDefinition caught) {
    TestProcess process =
        process()
            .start("s")
            .sub(
                "sub",
                in -> in.start("is").throwing("t", escalated("LATE")).service("after").end("ie"))
            .service("next")
            .end("e");
    return (interrupting
            ? process.boundary("b", "sub", caught)
            : process.nonInterrupting("b", "sub", caught))
        .service("handle")
        .end("e2");
  }

  @Test
  void oneThatInterruptsEndsWhoThrew() {
    started(thrower(true, escalation("LATE", "code")))
        .thenWaits("handle work")
        .thenTokens("handle")
        .thenVariable("code", "LATE");
  }

  @Test
  void oneThatDoesNotLetsTheThrowerGoOn() {
    started(thrower(false, escalation(null)))
        .thenWaits("after work", "handle work")
        .whenCompleted("after", "next", "handle")
        .thenEnds();
  }

  @Test
  void thatNobodyCatchesItIsNoFailure() {
    started(thrower(true, escalation("OTHER"))).thenWaits("after work");
    started(process().start("s").end("e", escalated("LATE"))).thenEnds();
  }

  @Test
  void aNamedOneGoesBeforeOneThatCatchesAll() {
    started(
            thrower(false, escalation(null))
                .nonInterrupting("named", "sub", escalation("LATE"))
                .service("by-name")
                .end("e3"))
        .thenWaits("after work", "by-name work");
  }

  @Test
  void theNearestOneCatches() {
    TestProcess process =
        process()
            .start("s")
            .sub(
                "outer",
                out ->
                    out.start("os")
                        .sub("inner", in -> in.start("is").end("ie", escalated("LATE")))
                        .end("oe")
                        .boundary("near", "inner", escalation(null))
                        .service("nearer")
                        .end("oe2"))
            .end("e")
            .boundary("far", "outer", escalation("LATE"))
            .service("farther")
            .end("e2");
    started(process).thenWaits("nearer work");
  }

  @Test
  void anEventSubProcessCatches() {
    for (boolean interrupting : new boolean[] {true, false}) {
      TestProcess process =
          process()
              .start("s")
              .parallel("fork")
              .service("beside")
              .end("e")
              .eventSub(
                  "on",
                  on ->
                      (interrupting
                              ? on.start("os", escalation("LATE"))
                              : on.nonInterruptingStart("os", escalation("LATE")))
                          .service("handle")
                          .end("oe"))
              .from("fork")
              .throwing("t", escalated("LATE"))
              .service("after")
              .end("e2");
      Scenario scenario = started(process);
      if (interrupting) {
        scenario.thenWaits("handle work");
      } else {
        scenario.thenWaits("beside work", "after work", "handle work");
      }
    }
  }

  @Test
  void workThatEscalatesStaysOpenUnlessItIsInterrupted() {
    TestProcess quiet =
        process()
            .start("s")
            .service("a")
            .end("e")
            .nonInterrupting("b", "a", escalation("LATE"))
            .user("handle")
            .end("e2");
    started(quiet)
        .when(escalate("a", "LATE", Map.of("x", 1L)))
        .thenVariable("x", 1L)
        .thenWaits("a work", "handle task")
        .when(escalate("a", "OTHER"))
        .thenWaits("a work", "handle task")
        .whenCompleted("a", "handle")
        .thenEnds();
    Scenario ended =
        started(
                process()
                    .start("s")
                    .user("a")
                    .end("e")
                    .boundary("b", "a", escalation(null))
                    .service("instead")
                    .end("e2"))
            .thenWaits("a task");
    Command again = escalate("a", "LATE").on(ended.state());
    ended
        .when(escalate("a", "LATE"))
        .thenWaits("instead work")
        .tried(state -> again)
        .thenRejected(Kind.STALE);
  }
}
