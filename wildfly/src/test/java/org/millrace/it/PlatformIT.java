package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import jakarta.transaction.UserTransaction;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Runs inside the server, beside the engine's EAR: what the engine and its stages build upon. */
@ArquillianTest
class PlatformIT {

  private static final String BROKERS_CLASSES =
      """
      <jboss-deployment-structure>
        <deployment>
          <dependencies>
            <module name="org.apache.activemq.artemis"/>
          </dependencies>
        </deployment>
      </jboss-deployment-structure>
      """;

  @Resource(lookup = "java:/JmsXA")
  ConnectionFactory jms;

  @Resource(lookup = "java:jboss/datasources/MillraceDS")
  DataSource database;

  @Inject UserTransaction transaction;

  @Deployment
  static WebArchive test() {
    JavaArchive libraries = ShrinkWrap.create(JavaArchive.class, "test-libraries.jar");
    libraries.addPackages(true, "org.assertj.core", "org.awaitility", "org.hamcrest");
    return ShrinkWrap.create(WebArchive.class, "platform-test.war")
        .addClasses(UnconfiguredStageBean.class, SendingStageBean.class)
        .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
        .addAsWebInfResource(new StringAsset(BROKERS_CLASSES), "jboss-deployment-structure.xml")
        .addAsLibrary(libraries);
  }

  @Test
  void givenTheServer_whenItIsReady_thenTheEnginesEarIsDeployed() throws Exception {
    ObjectName ear = new ObjectName("jboss.as:deployment=millrace.ear");
    assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(ear, "status"))
        .isEqualTo("OK");
  }

  @Test
  void givenABeanOnAStageThatNobodyConfigured_whenAMessageIsSentThere_thenTheBeanHasIt()
      throws Exception {
    transaction.begin();
    send("{}");
    transaction.commit();
    assertThat(UnconfiguredStageBean.bodies().poll(10, TimeUnit.SECONDS)).isEqualTo("{}");
  }

  @Test
  void givenABean_whenItSends_thenBothSessionsWithTheBrokerAreOneBranch() throws Exception {
    send(SendingStageBean.QUEUE, "passed on");
    assertThat(SendingStageBean.branches().poll(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(UnconfiguredStageBean.bodies().poll(10, TimeUnit.SECONDS)).isEqualTo("passed on");
  }

  @Test
  void givenATransaction_whenItRollsBack_thenNeitherTheRowNorTheMessageWasEver() throws Exception {
    execute("CREATE TABLE platform_test (id INT)");
    transaction.begin();
    execute("INSERT INTO platform_test VALUES (1)");
    send("never");
    transaction.rollback();
    assertThat(query("SELECT COUNT(*) FROM platform_test")).isEqualTo("0");
    send("the next");
    assertThat(UnconfiguredStageBean.bodies().poll(10, TimeUnit.SECONDS)).isEqualTo("the next");
    execute("DROP TABLE platform_test");
  }

  @Test
  void givenAQueueOfReplies_whenItIsEmptyAndUnused_thenItGoesAndOneThatHoldsAReplyStays()
      throws Exception {
    try (JMSContext context = jms.createContext()) {
      context.createProducer().send(context.createQueue("millrace.reply.taken"), "{}");
      context.createProducer().send(context.createQueue("millrace.reply.held"), "{}");
    }
    try (JMSContext context = jms.createContext()) {
      Queue taken = context.createQueue("millrace.reply.taken");
      assertThat(context.createConsumer(taken).receive(10_000)).isNotNull();
    }

    await().atMost(Duration.ofMinutes(1)).until(() -> !isThere("millrace.reply.taken"));

    assertThat(isThere("millrace.reply.held")).isTrue();
  }

  private static boolean isThere(String queue) throws Exception {
    return !ManagementFactory.getPlatformMBeanServer()
        .queryNames(
            new ObjectName(
                "org.apache.activemq.artemis:subcomponent=queues,queue=\"jms.queue."
                    + queue
                    + "\",*"),
            null)
        .isEmpty();
  }

  @Test
  void givenTheServersBroker_thenItMakesOneQueueAfterTheOther() throws Exception {
    Class<?> maker =
        Class.forName("org.apache.activemq.artemis.jms.server.impl.JMSServerManagerImpl");
    assertThat(maker.getMethods())
        .filteredOn(method -> method.getName().equals("createQueue"))
        .isNotEmpty()
        .allMatch(method -> Modifier.isSynchronized(method.getModifiers()));
  }

  @Test
  void givenABean_whenItHasItsMessage_thenNoThreadBetweenItAndTheBrokerCarriedIt()
      throws Exception {
    send("carried");
    assertThat(UnconfiguredStageBean.bodies().poll(10, TimeUnit.SECONDS)).isEqualTo("carried");

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.contains("InVMConnector"));
  }

  @Test
  void givenH2_thenWhatIsCommittedIsWrittenAtOnce() throws Exception {
    assertThat(
            query(
                "SELECT setting_value FROM information_schema.settings"
                    + " WHERE setting_name = 'WRITE_DELAY'"))
        .isEqualTo("0");
  }

  /** A statement stays in the pool with its connection; the states that it has found must not. */
  @Test
  void givenH2_whenALargeRowWasRead_thenItIsNotKeptWithTheStatement() throws Exception {
    int size = 64 << 20;
    long before = heap();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement("SELECT SECURE_RAND(?)")) {
      statement.setInt(1, size);
      try (ResultSet result = statement.executeQuery()) {
        assertThat(result.next()).isTrue();
      }
    }
    assertThat(heap() - before).isLessThan(size / 2);
  }

  /** What is in use after a collection, in bytes. */
  private static long heap() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  private void send(String body) {
    send(UnconfiguredStageBean.QUEUE, body);
  }

  private void send(String queue, String body) {
    try (JMSContext context = jms.createContext()) {
      context.createProducer().send(context.createQueue(queue), body);
    }
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String query(String sql) throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }
}
