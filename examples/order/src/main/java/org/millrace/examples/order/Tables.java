package org.millrace.examples.order;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Makes the example's own tables, beside the engine's, when they are not there yet. No stage is
 * given a message before this is done.
 */
@Singleton
@Startup
public class Tables {

  static final String DATA_SOURCE = "java:jboss/datasources/MillraceDS";

  /** For H2 and PostgreSQL alike. No key hides a doubled row: each names the work that wrote it. */
  private static final String DEFINITION =
      """
      create table if not exists stock (
        sku varchar primary key,
        quantity bigint not null check (quantity >= 0)
      );

      create table if not exists payment (
        work_id varchar not null,
        instance_id varchar not null,
        order_id varchar not null,
        customer varchar not null,
        amount numeric(38, 2) not null,
        state varchar not null check (state in ('charged', 'refunded'))
      );

      create index if not exists payment_of_instance on payment (instance_id);

      create table if not exists shipment (
        work_id varchar not null,
        instance_id varchar not null,
        order_id varchar not null,
        customer varchar not null
      );

      create table if not exists notification (
        work_id varchar not null,
        instance_id varchar not null,
        order_id varchar not null,
        customer varchar not null,
        text varchar not null
      );

      insert into stock (sku, quantity) values ('A', 1000000), ('B', 1000000), ('C', 1000000) on conflict do nothing;
      """;

  @Resource(lookup = DATA_SOURCE)
  DataSource database;

  /** Outside any transaction: H2 commits at each change of the schema, which XA does not allow. */
  @PostConstruct
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void create() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(DEFINITION);
    } catch (SQLException e) {
      throw new IllegalStateException("the tables of the order example cannot be made", e);
    }
  }
}
