package org.millrace.examples.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.millrace.examples.order.Work.item;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.api.StageResult;
import org.millrace.api.StageResult.BusinessError;

@ParameterizedClass
@EnumSource(Database.class)
class StagesTest {

  @Parameter Database database;

  private final CheckOrder checkOrder = new CheckOrder();
  private final ReserveStock reserveStock = new ReserveStock();
  private final ReleaseStock releaseStock = new ReleaseStock();
  private final ChargePayment chargePayment = new ChargePayment();
  private final RefundPayment refundPayment = new RefundPayment();
  private final ShipOrder shipOrder = new ShipOrder();
  private final NotifyCustomer notifyCustomer = new NotifyCustomer();

  private final Work order =
      Work.on("ann", item("B", 3, "10.00"), item("A", 1, "2.50"), item("B", 1, "5.00"));

  @BeforeEach
  void connect() throws SQLException {
    DataSource fresh = database.fresh();
    checkOrder.database = fresh;
    reserveStock.database = fresh;
    releaseStock.database = fresh;
    chargePayment.database = fresh;
    refundPayment.database = fresh;
    shipOrder.database = fresh;
    notifyCustomer.database = fresh;
  }

  @Test
  void givenTheTables_whenTheyAreMadeAgain_thenTheStockStaysAsItIs() throws SQLException {
    reserveStock.handle(order);
    Tables tables = new Tables();
    tables.database = reserveStock.database;

    tables.create();

    assertThat(stock()).containsExactly("A 999999", "B 999996", "C 1000000");
  }

  @Test
  void givenAnOrder_whenItIsChecked_thenItsTotalIsKnown() throws SQLException {
    assertThat(checkOrder.handle(order).variables())
        .isEqualTo(Map.of("total", new BigDecimal("37.50")));
  }

  @Test
  void givenAnUnknownSku_whenTheOrderIsChecked_thenItIsInvalid() throws SQLException {
    assertThat(checkOrder.handle(Work.on("ann", item("X", 1, "1"))))
        .isEqualTo(StageResult.error("INVALID_ORDER", "there is no sku X"));
  }

  @Test
  void givenAnOrder_whenStockIsReserved_thenAllItsItemsAreTaken() throws SQLException {
    assertThat(reserveStock.handle(order)).isEqualTo(StageResult.done());
    assertThat(stock()).containsExactly("A 999999", "B 999996", "C 1000000");
  }

  @Test
  void givenTooFewOfOneSku_whenStockIsReserved_thenNothingIsTaken() throws SQLException {
    Work tooMuch = Work.on("ann", item("A", 1, "1"), item("C", 1_000_001, "1"));

    assertThat(reserveStock.handle(tooMuch))
        .isEqualTo(StageResult.error("OUT_OF_STOCK", "too few of sku C"));
    assertThat(stock()).containsExactly("A 1000000", "B 1000000", "C 1000000");
  }

  @Test
  void givenTheLastPieces_whenStockIsReserved_thenTheyAreTaken() throws SQLException {
    assertThat(reserveStock.handle(Work.on("ann", item("C", 1_000_000, "1"))))
        .isEqualTo(StageResult.done());
    assertThat(stock()).contains("C 0");
  }

  /** Else two groups of orders, each with its own skus, would wait for each other. */
  @Test
  void givenOrdersOfOneSku_whenTheirStockChanges_thenAllOfItIsLockedUntilTheCommit()
      throws SQLException {
    Work some = Work.on("ann", item("B", 1, "1"));
    DataSource fresh = reserveStock.database;
    try (Connection first = fresh.getConnection();
        Connection second = fresh.getConnection()) {
      first.setAutoCommit(false);

      reserveStock.database = Database.of(first);
      reserveStock.handle(some);

      assertThat(isFree(second, "A")).isFalse();
      first.commit();

      releaseStock.database = Database.of(first);
      releaseStock.handle(some);

      assertThat(isFree(second, "A")).isFalse();
      first.commit();
      assertThat(isFree(second, "A")).isTrue();
    }
  }

  private static boolean isFree(Connection connection, String sku) {
    try (PreparedStatement lock =
        connection.prepareStatement("select sku from stock where sku = ? for update nowait")) {
      lock.setString(1, sku);
      return lock.executeQuery().next();
    } catch (SQLException e) {
      return false;
    }
  }

  @Test
  void givenReservedStock_whenItIsReleased_thenItIsAsBefore() throws SQLException {
    reserveStock.handle(order);

    releaseStock.handle(order);

    assertThat(stock()).containsExactly("A 1000000", "B 1000000", "C 1000000");
  }

  @Test
  void givenACheckedOrder_whenItIsCharged_thenThePaymentIsItsTotal() throws SQLException {
    assertThat(chargePayment.handle(order)).isEqualTo(StageResult.done());
    assertThat(database.rows("select * from payment"))
        .containsExactly("work-1 instance-1 4711 ann 37.50 charged");
  }

  @Test
  void givenADeclinedCard_whenTheOrderIsCharged_thenNoPaymentIsWritten() throws SQLException {
    StageResult result = chargePayment.handle(Work.on("declined", item("A", 1, "1")));

    assertThat(result)
        .extracting(error -> ((BusinessError) error).code())
        .isEqualTo("CARD_DECLINED");
    assertThat(database.rows("select * from payment")).isEmpty();
  }

  @Test
  void givenAPayment_whenItIsRefunded_thenItIsOnce() throws SQLException {
    chargePayment.handle(order);

    refundPayment.handle(order);

    assertThat(database.rows("select * from payment"))
        .containsExactly("work-1 instance-1 4711 ann 37.50 refunded");
    assertThatThrownBy(() -> refundPayment.handle(order))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("found 0");
  }

  @Test
  void givenAnOrder_whenItIsShipped_thenThereIsAShipment() throws SQLException {
    shipOrder.handle(order);

    assertThat(database.rows("select * from shipment"))
        .containsExactly("work-1 instance-1 4711 ann");
  }

  @Test
  void givenAnOrder_whenTheCustomerIsNotified_thenThereIsANotification() throws SQLException {
    notifyCustomer.handle(order);

    assertThat(database.rows("select * from notification"))
        .containsExactly("work-1 instance-1 4711 ann Your order 4711 has been shipped.");
  }

  private List<String> stock() throws SQLException {
    return database.rows("select sku, quantity from stock order by sku");
  }
}
