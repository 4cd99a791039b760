package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit of the kill test sees whatever is lost or doubled. */
class BooksTest {

  private static final List<Sale> SALES =
      List.of(
          new Sale(new Order("d", "alice", "A", 2, 10), Sale.Kind.DELIVERED),
          new Sale(new Order("c", "alice", "B", 1, 10), Sale.Kind.CANCELLED_AT_ONCE),
          new Sale(new Order("n", "declined", "C", 1, 10), Sale.Kind.DECLINED));

  private Connection connection;

  @BeforeEach
  void keepGoodBooks() throws SQLException {
    connection = DriverManager.getConnection("jdbc:h2:mem:;DATABASE_TO_LOWER=TRUE");
    execute(
        """
        create table stock (sku varchar, quantity bigint);
        insert into stock values ('A', 999998), ('B', 1000000), ('C', 1000000);
        create table payment (order_id varchar, state varchar);
        insert into payment values ('d', 'charged'), ('c', 'refunded');
        create table shipment (order_id varchar);
        insert into shipment values ('d');
        create table notification (order_id varchar);
        insert into notification values ('d');
        create table millrace_instance (id varchar, process varchar default 'order', business_key varchar, state varchar);
        insert into millrace_instance (id, business_key, state) values
          ('1', 'd', 'completed'), ('2', 'c', 'completed'), ('3', 'n', 'completed');
        create table millrace_message_wait (instance_id varchar);
        create table millrace_timer (instance_id varchar);
        create table millrace_task (instance_id varchar);
        create table millrace_incident (instance_id varchar);
        create table millrace_reply (instance_id varchar);
        """);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void givenGoodBooks_thenTheyPass() {
    assertThatCode(() -> new Books(connection).audit(SALES)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into payment values ('d', 'charged')",
        "delete from payment where order_id = 'd'",
        "update payment set state = 'charged' where order_id = 'c'",
        "insert into payment values ('n', 'charged')",
        "insert into payment values ('nobody', 'charged')",
        "insert into shipment values ('d')",
        "delete from shipment",
        "insert into notification values ('c')",
        "delete from notification",
        "update stock set quantity = quantity - 1 where sku = 'C'",
        "update stock set quantity = 1000000",
        "insert into millrace_instance (id, business_key, state) values ('4', 'd', 'completed')",
        "insert into millrace_instance (id, business_key, state) values ('4', 'd', 'running')",
        "update millrace_instance set state = 'running' where id = '1'",
        "delete from millrace_instance where id = '3'",
        "insert into millrace_message_wait values ('1')",
        "insert into millrace_timer values ('1')",
        "insert into millrace_task values ('1')",
        "insert into millrace_incident values ('1')",
        "insert into millrace_reply values ('1')"
      })
  void givenSomethingLostOrDoubled_thenItIsFound(String harm) throws SQLException {
    execute(harm);
    assertThatThrownBy(() -> new Books(connection).audit(SALES)).isInstanceOf(AssertionError.class);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
