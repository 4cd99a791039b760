package org.millrace.bench.server;

import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * The floor: a stage without an engine. One locked select, one update, one insert and one send for
 * each message, many messages in one XA transaction. Its number is the last character of its queue;
 * stage 0 begins with an insert, as the start of an instance does.
 */
public class FloorStage implements MessageListener {

  private static final int LAST = 5;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String TEXT = "x".repeat(400);

  @Resource(lookup = "java:/JmsXA")
  private ConnectionFactory connections;

  @Resource(lookup = "java:jboss/datasources/MillraceDS")
  private DataSource database;

  private final int group = Integer.getInteger("bench.floor.group", 64);

  @Override
  public void onMessage(Message message) {
    try {
      String queue = ((Queue) message.getJMSDestination()).getQueueName();
      int stage = queue.charAt(queue.length() - 1) - '0';
      Map<String, String> bodies = new TreeMap<>();
      try (JMSContext context = connections.createContext()) {
        note(bodies, message);
        if (group > 1 && !message.getJMSRedelivered()) {
          try (JMSConsumer more = context.createConsumer(context.createQueue(queue))) {
            Message next;
            while (bodies.size() < group && (next = more.receiveNoWait()) != null) {
              note(bodies, next);
            }
          }
        }
        try (Connection connection = database.getConnection()) {
          store(connection, stage, bodies);
        }
        if (stage < LAST) {
          Queue next =
              context.createQueue(queue.substring(0, queue.length() - 1) + (char) ('1' + stage));
          for (Map.Entry<String, String> body : bodies.entrySet()) {
            TextMessage sent = context.createTextMessage(body.getValue());
            sent.setStringProperty("businessKey", body.getKey());
            context.createProducer().send(next, sent);
          }
        }
      }
    } catch (JMSException | SQLException e) {
      throw new EJBException(e);
    }
  }

  private static void note(Map<String, String> bodies, Message message) throws JMSException {
    bodies.put(message.getStringProperty("businessKey"), message.getBody(String.class));
  }

  private static void store(Connection connection, int stage, Map<String, String> bodies)
      throws SQLException {
    List<String> ids = new ArrayList<>(bodies.keySet());
    Timestamp now = Timestamp.from(Instant.now());
    if (stage > 0) {
      lock(connection, ids);
    }
    try (PreparedStatement write =
        connection.prepareStatement(
            stage == 0
                ? "insert into bench_floor (step, state, changed_at, id) values (?, ?, ?, ?)"
                : "update bench_floor set step = ?, state = ?, changed_at = ? where id = ?")) {
      for (String id : ids) {
        write.setInt(1, stage);
        write.setString(2, TEXT);
        write.setTimestamp(3, now);
        write.setString(4, id);
        write.addBatch();
      }
      write.executeBatch();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into bench_floor_history (id, step, at, events) values (?, ?, ?, ?)")) {
      for (String id : ids) {
        insert.setString(1, id);
        insert.setInt(2, stage);
        insert.setTimestamp(3, now);
        insert.setString(4, TEXT);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void lock(Connection connection, List<String> ids) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select id, step, state from bench_floor where id = any (?) order by id for update")) {
      select.setArray(1, connection.createArrayOf("varchar", ids.toArray()));
      // The broker commits before the database does: what was inserted may not be to be seen yet.
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      int found;
      do {
        found = 0;
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            found++;
          }
        }
      } while (found != ids.size() && System.nanoTime() < deadline);
      if (found != ids.size()) {
        throw new EJBException("too early: %d of %d".formatted(found, ids.size()));
      }
    }
  }
}
