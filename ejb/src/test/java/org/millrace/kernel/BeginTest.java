package org.millrace.kernel;

import static org.millrace.kernel.Action.*;
import static org.millrace.kernel.Scenario.given;
import static org.millrace.kernel.Scenario.started;
import static org.millrace.kernel.TestProcess.*;

import org.junit.jupiter.api.Test;
import org.millrace.kernel.Decision.Kind;

/** Where an instance begins, by itself and by a message. */
class BeginTest {

  @Test
  void eachOfSeveralStartEventsBeginsAnInstance() {
    TestProcess process =
        process()
            .start("plain")
            .service("a")
            .end("e")
            .start("m1", message("m1"))
            .service("b")
            .start("m2", message("m2"))
            .to("b");
    given(process).when(start()).thenWaits("a work");
    given(process).when(startAt("m1")).thenWaits("b work");
    given(process).when(startAt("m2")).thenEntered("m2", "b");
  }

  @Test
  void aProcessCanBeginWithSeveralMessagesTogether() {
    TestProcess process =
        process().start("s", allOf(message("m1"), message("m2"))).service("a").end("e");
    given(process)
        .when(startBy("s", "m2"))
        .thenTokens("s")
        .thenWaits("s message")
        .when(deliver("s"))
        .thenWaits("a work");
    given(process).when(start()).thenWaits("a work");
    given(process().start("s", anyOf(message("m1"), message("m2"))).service("a"))
        .when(startBy("s", "m2"))
        .thenWaits("a work");
  }

  @Test
  void withoutAStartEventAllBeginsThatNoFlowLeadsTo() {
    TestProcess process = process().service("a").service("b").end("e").service("c");
    started(process)
        .thenWaits("a work", "c work")
        .whenCompleted("c")
        .thenRuns()
        .whenCompleted("a", "b")
        .thenEnds();
  }

  @Test
  void soDoesASubProcess() {
    TestProcess process =
        process()
            .start("s")
            .sub("sub", in -> in.service("a").from(null).service("b"))
            .service("after")
            .end("e");
    started(process).thenWaits("a work", "b work").whenCompleted("a", "b").thenWaits("after work");
  }

  @Test
  void aReceiveTaskBeginsAnInstanceByItsMessage() {
    TestProcess process = process().instantiating("r", "m").service("a").end("e");
    given(process).when(startAt("r")).thenEntered("r", "a").thenWaits("a work");
    given(process).tried(start()).thenRejected(Kind.INVALID);
  }

  private static TestProcess gateway(boolean parallel) {
    return process()
        .instantiating("first", parallel)
        .catching("paid", message("payment"))
        .service("ship")
        .end("e")
        .from("first")
        .receive("asked", "question")
        .service("answer")
        .end("e2");
  }

  @Test
  void anEventBehindAGatewayBeginsAnInstance() {
    given(gateway(false))
        .when(startAt("paid"))
        .thenEntered("first", "paid", "ship")
        .thenWaits("ship work")
        .whenCompleted("ship")
        .thenEnds();
    given(gateway(false)).when(startAt("asked")).thenWaits("answer work");
    given(gateway(false)).tried(start()).thenRejected(Kind.INVALID);
  }

  @Test
  void ofAParallelGatewayTheOtherEventsAreWaitedForThen() {
    given(gateway(true))
        .when(startAt("asked"))
        .thenWaits("answer work", "paid message")
        .whenCompleted("answer")
        .thenRuns()
        .when(deliver("paid"))
        .whenCompleted("ship")
        .thenEnds();
  }

  @Test
  void nothingBeginsInTheMiddle() {
    TestProcess process = process().start("s").service("a").catching("c", message("m")).end("e");
    given(process).tried(startAt("c")).thenRejected(Kind.INVALID);
    given(process).tried(startAt("a")).thenRejected(Kind.INVALID);
    given(process).tried(startAt("none")).thenRejected(Kind.INVALID);
  }
}
