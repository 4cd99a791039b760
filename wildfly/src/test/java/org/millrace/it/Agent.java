package org.millrace.it;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.jboss.byteman.agent.Main;
import org.jboss.byteman.agent.submit.ScriptText;
import org.jboss.byteman.agent.submit.Submit;

/**
 * Byteman inside a server under test: lets each of some transactions come to its point, holds it
 * there, and halts the server once all of them stand where they should.
 */
record Agent(int port) {

  /** The status with which the server ends that way. */
  static final int HALTED = 77;

  /** What the server's console says when recovery begins a pass. */
  static final String PASS = "RECOVERY PASSES";

  /** A victim and where its transaction is held. */
  record Hold(Victim victim, KillPoint point) {

    /** What the server's console says when it stands there. */
    String line() {
      return "HELD " + victim.name() + ": " + point;
    }
  }

  /** A rule with which recovery does nothing. */
  static final String HELD_RECOVERY =
      """
      RULE recovery is held
      CLASS com.arjuna.ats.internal.arjuna.recovery.PeriodicRecovery
      METHOD doWorkInternal
      AT ENTRY
      IF true
      DO RETURN
      ENDRULE
      """;

  static Agent onFreePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Agent(socket.getLocalPort());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** To be given to the server's Java when it is started, with rules from a file. */
  String option(Path rules) {
    return option() + ",script:" + rules;
  }

  /** One for a server that is not started yet. */
  static Agent in(TestServer server) {
    Agent agent = onFreePort();
    server.withJava(agent.option());
    return agent;
  }

  /** Takes the rules of a file out of the running server. */
  void delete(Path rules) {
    try {
      submit().deleteRulesFromFiles(List.of(rules.toString()));
    } catch (Exception e) { // What Submit declares.
      throw new AssertionError(e);
    }
  }

  /** To be given to the server's Java when it is started. */
  String option() {
    try {
      Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return "-javaagent:%s=listener:true,address:127.0.0.1,port:%d".formatted(jar, port);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  void arm(List<Hold> holds) {
    StringBuilder script = new StringBuilder();
    for (Hold hold : holds) {
      script.append(marks(hold.victim()));
      for (KillPoint.Place place : hold.point().places()) {
        script.append(rule(hold, place, holds.size()));
      }
    }
    submit("kill-matrix", script.toString());
  }

  /** From now on, has the console say when recovery begins a pass. */
  void countPasses() {
    submit(
        "passes",
        """
        RULE recovery passes
        CLASS com.arjuna.ats.internal.arjuna.recovery.PeriodicRecovery
        METHOD doWorkInternal
        AT ENTRY
        IF true
        DO traceln("%s")
        ENDRULE
        """
            .formatted(PASS));
  }

  void submit(String name, String script) {
    submit(new ScriptText(name, script));
  }

  private void submit(ScriptText script) {
    try {
      submit().addScripts(List.of(script));
    } catch (Exception e) { // What Submit declares.
      throw new AssertionError(script.getText(), e);
    }
  }

  private Submit submit() {
    return new Submit("127.0.0.1", port, new PrintStream(PrintStream.nullOutputStream()));
  }

  /** A thread is the victim's as long as it delivers one of its messages. */
  private static String marks(Victim victim) {
    String listener =
        """
        CLASS org.apache.activemq.artemis.ra.inflow.ActiveMQMessageHandler
        METHOD onMessage
        """;
    return """
        RULE %1$s begins
        %2$sAT ENTRY
        IF $1.getAddress().equals("jms.queue.%3$s") AND (%4$s)
        DO flag("%1$s" + Thread.currentThread().getId())
        ENDRULE
        RULE %1$s ends
        %2$sAT EXIT
        IF true
        DO clear("%1$s" + Thread.currentThread().getId())
        ENDRULE
        """
        .formatted(victim.name(), listener, victim.queue(), victim.mark());
  }

  private static String rule(Hold hold, KillPoint.Place place, int all) {
    return """
        RULE %1$s at %2$s.%3$s
        CLASS %2$s
        METHOD %3$s
        %4$s
        IF flagged("%1$s" + Thread.currentThread().getId()) AND flag("%1$s stands")
        DO traceln("%5$s"),
           createRendezvous("all", %6$d),
           rendezvous("all"),
           killJVM(%7$d)
        ENDRULE
        """
        .formatted(
            hold.victim().name(),
            place.type(),
            place.method(),
            place.location(),
            hold.line(),
            all,
            HALTED);
  }
}
