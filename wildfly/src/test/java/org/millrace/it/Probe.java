package org.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.annotation.Resource;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The broker and the transaction log of a running server, past the engine: what is prepared or
 * logged there, and single queues held back. Makes the ledger of the kill matrix, too.
 */
final class Probe {

  private static final String NAME = "millrace-test-probe";

  /** Inside the server: one word, and the queue that it is about. */
  @WebServlet(urlPatterns = "/*", loadOnStartup = 1)
  public static class ProbeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String BROKER = "org.apache.activemq.artemis:broker=\"default\"";

    @Resource(lookup = "java:jboss/datasources/MillraceDS")
    transient DataSource database;

    /** Holds the lock of an instance's row; null where none is held. */
    private transient Connection locking;

    @Override
    public void init() throws ServletException {
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(
            "create table if not exists matrix_ledger"
                + " (instance_id varchar(36) not null, activity varchar(100) not null)");
      } catch (SQLException e) {
        throw new ServletException(e);
      }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String queue = new String(request.getInputStream().readAllBytes(), UTF_8);
      try {
        String word = request.getPathInfo().substring(1);
        String answer = word.endsWith("lock") ? lock(word, queue) : answer(word, queue);
        response.getOutputStream().write(answer.getBytes(UTF_8));
      } catch (JMException | SQLException e) {
        response.sendError(500, e.toString());
      }
    }

    private synchronized String lock(String word, String instanceId) throws SQLException {
      if (word.equals("unlock")) {
        locking.rollback();
        locking.close();
        return "";
      }
      locking = database.getConnection();
      locking.setAutoCommit(false);
      try (PreparedStatement lock =
          locking.prepareStatement("select step from millrace_instance where id = ? for update")) {
        lock.setString(1, instanceId);
        lock.executeQuery().close();
      }
      return "";
    }

    private static String answer(String word, String queue) throws JMException {
      MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
      return switch (word) {
        case "pause", "resume" -> invoke(beans, bean(queue), word);
        case "dead" -> invoke(beans, bean(queue), "sendMessagesToDeadLetterAddress", "");
        case "count" -> String.valueOf(beans.getAttribute(bean(queue), "MessageCount"));
        case "pages" -> String.valueOf(beans.getAttribute(address(queue), "NumberOfPages"));
        case "heap" -> String.valueOf(heap());
        case "direct" -> String.valueOf(direct());
        case "prepared" ->
            String.join(
                "\n",
                (String[])
                    beans.invoke(
                        new ObjectName(BROKER),
                        "listPreparedTransactions",
                        new Object[0],
                        new String[0]));
        case "logged" -> logged(beans);
        default -> throw new JMException("no such word: " + word);
      };
    }

    private static String invoke(
        MBeanServer beans, ObjectName bean, String operation, Object... arguments)
        throws JMException {
      String[] types = arguments.length == 0 ? new String[0] : new String[] {"java.lang.String"};
      return String.valueOf(beans.invoke(bean, operation, arguments, types));
    }

    private static long heap() {
      MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
      memory.gc();
      return memory.getHeapMemoryUsage().getUsed();
    }

    private static long direct() {
      return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
          .filter(pool -> pool.getName().equals("direct"))
          .mapToLong(BufferPoolMXBean::getMemoryUsed)
          .sum();
    }

    private static ObjectName address(String queue) throws JMException {
      return new ObjectName(
          BROKER + ",component=addresses,address=" + ObjectName.quote("jms.queue." + queue));
    }

    private static ObjectName bean(String queue) throws JMException {
      String name = ObjectName.quote("jms.queue." + queue);
      return new ObjectName(
          BROKER
              + ",component=addresses,address="
              + name
              + ",subcomponent=queues,routing-type=\"anycast\",queue="
              + name);
    }

    /** The transactions in the log, as the transaction manager's own tool shows them. */
    private static String logged(MBeanServer beans) throws JMException {
      beans.invoke(
          new ObjectName("jboss.jta:type=ObjectStore"), "probe", new Object[0], new String[0]);
      Set<ObjectName> found =
          beans.queryNames(new ObjectName("jboss.jta:type=ObjectStore,itype=*,*"), null);
      return String.join(
          "\n",
          found.stream()
              .filter(name -> name.getKeyProperty("itype").contains("AtomicAction"))
              .map(ObjectName::getCanonicalName)
              .toList());
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final TestServer server;

  Probe(TestServer server) {
    this.server = server;
  }

  /** To be called before the server is started. */
  static void deployTo(TestServer server) {
    ShrinkWrap.create(WebArchive.class, NAME + ".war")
        .addClasses(Probe.class, ProbeServlet.class)
        .as(ZipExporter.class)
        .exportTo(server.deployments().resolve(NAME + ".war").toFile(), true);
  }

  void pause(String queue) {
    ask("pause", queue);
  }

  void resume(String queue) {
    ask("resume", queue);
  }

  long count(String queue) {
    return Long.parseLong(ask("count", queue).get(0));
  }

  /** How many pages an address has on the disk: none as long as all of it fits into memory. */
  long pages(String queue) {
    return Long.parseLong(ask("pages", queue).get(0));
  }

  /** What is in use of the server's heap after a collection, in bytes. */
  long heap() {
    return Long.parseLong(ask("heap", "").get(0));
  }

  /** What is in use outside of the heap for reading and writing, in bytes. */
  long direct() {
    return Long.parseLong(ask("direct", "").get(0));
  }

  /** Holds the lock of an instance until {@link #unlock}. */
  void lock(String instanceId) {
    ask("lock", instanceId);
  }

  void unlock() {
    ask("unlock", "");
  }

  /** As if the broker had given up all messages of a queue. */
  void giveUp(String queue) {
    ask("dead", queue);
  }

  /** The branches that are prepared in the broker. */
  List<String> prepared() {
    return ask("prepared", "");
  }

  /** The decisions in the transaction log. */
  List<String> logged() {
    return ask("logged", "");
  }

  private List<String> ask(String word, String queue) {
    HttpRequest request =
        HttpRequest.newBuilder(server.web().resolve("/" + NAME + "/" + word))
            .POST(BodyPublishers.ofString(queue))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(word + " " + queue + ": " + response.body());
      }
      return response.body().lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
