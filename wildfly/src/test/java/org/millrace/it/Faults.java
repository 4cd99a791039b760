package org.millrace.it;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has some of the calls fail that a server under test makes to its database and to its broker; the
 * seed says which. What the tests themselves do inside the server is let alone.
 */
final class Faults {

  /** Which, of all calls that are made one after the other. */
  static final long SEED = Long.getLong("faults.seed", System.nanoTime() & 0xffff);

  private static final String SAID = "FAULT in ";
  private static final Pattern FAULT = Pattern.compile(SAID + "(\\w+)");

  /** A call that is to fail. */
  private record Call(String type, String method, String exception) {

    String rule(int one) {
      String name = type.substring(type.lastIndexOf('.') + 1);
      return """
          RULE %1$s %2$s
          CLASS %3$s
          METHOD %2$s
          AT ENTRY
          BIND random : java.util.SplittableRandom =
                   new java.util.SplittableRandom(%4$dL + incrementCounter("calls"))
          IF random.nextInt(%5$d) == 0
             AND NOT callerMatches("org\\\\.millrace\\\\.it\\\\..*", true, true, 1, 50)
          DO traceln("%6$s%1$s"),
             THROW new %7$s("a fault that the test injected")
          ENDRULE
          """
          .formatted(name, method, type, SEED, one, SAID, exception);
    }
  }

  private static final List<Call> DATABASE =
      Stream.of(
              "WrappedConnection.prepareStatement(String)",
              "WrappedPreparedStatement.execute()",
              "WrappedPreparedStatement.executeQuery()",
              "WrappedPreparedStatement.executeUpdate()",
              "WrappedStatement.executeBatch()")
          .map(call -> call("org.jboss.jca.adapters.jdbc." + call, "java.sql.SQLException"))
          .toList();

  private static final List<Call> BROKER =
      Stream.of("ActiveMQMessageProducer.doSendx", "ActiveMQMessageConsumer.getMessage")
          .map(
              call ->
                  call(
                      "org.apache.activemq.artemis.jms.client." + call, "jakarta.jms.JMSException"))
          .toList();

  private final TestServer server;
  private final Agent agent;

  private Faults(TestServer server, Agent agent) {
    this.server = server;
    this.agent = agent;
  }

  private static Call call(String name, String exception) {
    String method = name.replaceAll(".*\\.(?=\\w+(\\(|$))", "");
    return new Call(name.substring(0, name.length() - method.length() - 1), method, exception);
  }

  /** To be called before the server is started. */
  static Faults in(TestServer server) {
    return new Faults(server, Agent.in(server));
  }

  /** From now on one call in so many fails. */
  void begin(int one) {
    System.out.println("Faults: -Dfaults.seed=" + SEED + ", one call in " + one);
    agent.submit(
        "faults",
        Stream.concat(DATABASE.stream(), BROKER.stream())
            .map(call -> call.rule(one))
            .collect(Collectors.joining()));
  }

  /** How many there were in the calls of each class. */
  Map<String, Long> counted() {
    return FAULT
        .matcher(server.consoleText())
        .results()
        .collect(
            Collectors.groupingBy(found -> found.group(1), TreeMap::new, Collectors.counting()));
  }
}
