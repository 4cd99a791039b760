package org.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.annotation.Resource;
import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * What only those inside the server can do: send to the engine's own queues, take refused and dead
 * messages, and look at the broker and the Java virtual machine.
 */
final class Inside {

  private static final String NAME = "millrace-test-inside";

  /** In place of the checksum of a body that is neither text nor bytes. */
  static final long NO_SUM = -1;

  /** A queue as it stands, and what went through it since the broker started. */
  record Figures(long messages, long added, long acknowledged, long consumers)
      implements Serializable {}

  /** A message that was refused, is dead, or lies where nobody takes it. */
  record Kept(String queue, String mark, String from, String reason, long sum)
      implements Serializable {}

  /** After a garbage collection. */
  record Machine(long heapBytes, int threads) implements Serializable {}

  /** Inside the server. Objects come and go in Java's own form: both sides are this class. */
  @WebServlet("/*")
  public static class InsideServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int MAX_BODY = 64 * 1024 * 1024;

    @Resource(lookup = "java:/ConnectionFactory")
    transient ConnectionFactory connections;

    private final transient MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try (ObjectInputStream in = new ObjectInputStream(request.getInputStream())) {
        // The server's own would refuse the body of a large letter.
        in.setObjectInputFilter(ObjectInputFilter.Config.createFilter("maxarray=" + MAX_BODY));
        Object answer = answer(in.readObject());
        try (ObjectOutputStream out = new ObjectOutputStream(response.getOutputStream())) {
          out.writeObject(answer);
        }
      } catch (ClassNotFoundException | JMException | JMSException e) {
        response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, e.toString());
      }
    }

    private Object answer(Object asked) throws JMException, JMSException {
      if (asked instanceof Letter letter) {
        return send(letter);
      }
      if (asked instanceof String[] queues) {
        return take(queues);
      }
      return asked.equals("figures") ? figures() : machine();
    }

    private boolean send(Letter letter) {
      try (JMSContext context = connections.createContext()) {
        context.createProducer().send(context.createQueue(letter.queue()), letter.with(context));
        return true;
      } catch (JMSException | JMSRuntimeException e) {
        return false;
      }
    }

    /** All at once: what a consumer has fetched and leaves comes again after a delay only. */
    private List<Kept> take(String[] queues) throws JMSException {
      List<Kept> taken = new ArrayList<>();
      try (JMSContext context = connections.createContext(JMSContext.SESSION_TRANSACTED)) {
        for (String queue : queues) {
          JMSConsumer consumer =
              context.createConsumer(context.createQueue(queue), "mark LIKE 'bulk-%'");
          Message message;
          while ((message = consumer.receiveNoWait()) != null) {
            taken.add(kept(queue, message));
          }
          context.commit();
          consumer.close();
        }
      }
      return taken;
    }

    private static Kept kept(String queue, Message message) throws JMSException {
      return new Kept(
          queue,
          message.getStringProperty("mark"),
          message.getStringProperty("rejectedFrom"),
          message.getStringProperty("reason"),
          sum(message));
    }

    private static long sum(Message message) throws JMSException {
      if (message instanceof TextMessage text) {
        return sumOf(text.getText() == null ? new byte[0] : text.getText().getBytes(UTF_8));
      }
      if (message instanceof BytesMessage bytes) {
        byte[] body = new byte[(int) bytes.getBodyLength()];
        bytes.readBytes(body);
        return sumOf(body);
      }
      return NO_SUM;
    }

    private Map<String, Figures> figures() throws JMException {
      Map<String, Figures> figures = new TreeMap<>();
      ObjectName queues =
          new ObjectName(
              "org.apache.activemq.artemis:broker=\"default\",component=addresses,subcomponent=queues,*");
      for (ObjectName queue : beans.queryNames(queues, null)) {
        figures.put(
            ObjectName.unquote(queue.getKeyProperty("queue")).replace("jms.queue.", ""),
            new Figures(
                number(queue, "MessageCount"),
                number(queue, "MessagesAdded"),
                number(queue, "MessagesAcknowledged"),
                number(queue, "ConsumerCount")));
      }
      return figures;
    }

    private long number(ObjectName queue, String attribute) throws JMException {
      return ((Number) beans.getAttribute(queue, attribute)).longValue();
    }

    private static Machine machine() {
      ManagementFactory.getMemoryMXBean().gc();
      return new Machine(
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
          ManagementFactory.getThreadMXBean().getThreadCount());
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final TestServer server;

  Inside(TestServer server) {
    this.server = server;
  }

  /** To be called before the server is started. */
  static void deployTo(TestServer server) {
    ShrinkWrap.create(WebArchive.class, NAME + ".war")
        .addClasses(
            Inside.class,
            InsideServlet.class,
            Figures.class,
            Kept.class,
            Machine.class,
            Letter.class,
            Letter.Kind.class)
        .addClass("org.millrace.it.Letter$1")
        .as(ZipExporter.class)
        .exportTo(server.deployments().resolve(NAME + ".war").toFile(), true);
  }

  static long sumOf(byte[] body) {
    CRC32 sum = new CRC32();
    sum.update(body);
    return sum.getValue();
  }

  /**
   * Sends a letter.
   *
   * @throws IllegalArgumentException if JMS has no such message, or the broker does not take it
   */
  void send(Letter letter) {
    if (!(Boolean) ask(letter)) {
      throw new IllegalArgumentException(letter.toString());
    }
  }

  /** Takes all that was sent with a mark and lies on these queues; empty if there is none. */
  @SuppressWarnings("unchecked") // As the servlet answers.
  List<Kept> take(String... queues) {
    return (List<Kept>) ask(queues);
  }

  /** By the queues' JMS names. */
  @SuppressWarnings("unchecked") // As the servlet answers.
  Map<String, Figures> figures() {
    return (Map<String, Figures>) ask("figures");
  }

  Machine machine() {
    return (Machine) ask("machine");
  }

  private Object ask(Serializable question) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(question);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    HttpRequest request =
        HttpRequest.newBuilder(server.web().resolve("/" + NAME + "/"))
            .POST(BodyPublishers.ofByteArray(bytes.toByteArray()))
            .build();
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new AssertionError(response.statusCode() + " " + new String(response.body(), UTF_8));
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(response.body()))) {
        return in.readObject();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
