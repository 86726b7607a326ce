package io.signalbox.simulator.rental;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.simulator.core.Ids;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RentalBooksTest {
  private static final Good GOOD = new Good("187", "wa");
  private static final BigDecimal PRICE = new BigDecimal("20.00");
  private static final BigDecimal CHEAP = new BigDecimal("15.00");

  private final TestClock clock = new TestClock();
  private RentalBooks books;

  /** Stands still unless it is moved. */
  private static final class TestClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void move(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void open() {
    Terms terms = new Terms(Duration.ofMinutes(20), Duration.ofMinutes(2), true);
    books = new RentalBooks(clock, new Ids(new SplittableRandom(1)), terms);
    books.setBalance(new BigDecimal("100.00"));
    books.stock(GOOD, new Shelf(PRICE, 2, new TreeMap<>(Map.of(CHEAP, 1))));
  }

  private Order rented(boolean free) {
    return ((Sale.Sold) books.rent(GOOD, null, free, null)).order();
  }

  private Sale.Reason refusal(BigDecimal limit, boolean free) {
    return ((Sale.Refused) books.rent(GOOD, limit, free, null)).reason();
  }

  @Test
  void sellsFromTheShelfForMoney() {
    Order order = rented(false);

    assertThat(order.bid()).isEqualTo(new Bid(PRICE, false));
    assertThat(books.balance()).isEqualByComparingTo("80");
    assertThat(books.shelves().get(GOOD).count()).isEqualTo(1);
    assertThat(books.toJson().getInteger("live")).isEqualTo(1);
    assertThat(books.toJson().getString("spent")).isEqualTo("20.00");
  }

  @Test
  void sellsTheCheapestUpToALimitThatTheCustomerSets() {
    assertThat(refusal(new BigDecimal("14.99"), true)).isEqualTo(Sale.Reason.TOO_CHEAP);
    assertThat(rented(true).bid()).isEqualTo(new Bid(CHEAP, true));
    assertThat(refusal(null, true)).isEqualTo(Sale.Reason.NONE_FREE);
    assertThat(refusal(new BigDecimal("19.99"), false)).isEqualTo(Sale.Reason.TOO_CHEAP);
  }

  @Test
  void refusesWithoutStockMoneyOrTheGood() {
    books.setBalance(PRICE);
    rented(false);
    assertThat(refusal(null, false)).isEqualTo(Sale.Reason.NO_MONEY);
    books.setBalance(PRICE);
    rented(false);
    assertThat(refusal(null, false)).isEqualTo(Sale.Reason.NONE_FREE);
    assertThat(books.rent(new Good("187", "xx"), null, false, null))
        .isEqualTo(new Sale.Refused(Sale.Reason.UNKNOWN_GOOD, null));
  }

  @Test
  void sellsOnceForAReference() {
    Order first = ((Sale.Sold) books.rent(GOOD, null, false, "a")).order();
    assertThat(books.rent(GOOD, null, false, "a")).isEqualTo(new Sale.Repeated(first));
    assertThat(books.newestFirst()).containsExactly(first);
  }

  @Test
  void paysBackWhatIsGivenBackAtThePriceItHad() {
    Order order = rented(true);
    assertThat(books.isTooEarly(order)).isTrue();
    clock.move(Duration.ofMinutes(2));
    assertThat(books.isTooEarly(order)).isFalse();

    books.giveBack(order, OrderState.CANCELLED);

    assertThat(books.balance()).isEqualByComparingTo("100");
    assertThat(books.shelves().get(GOOD).freePrices()).containsEntry(CHEAP, 1);
    assertThat(books.toJson().getInteger("live")).isZero();
    assertThat(books.toJson().getString("spent")).isEqualTo("0");
  }

  @Test
  void endsWithItsTime() {
    Order empty = rented(false);
    Order used = rented(false);
    assertThat(books.receive(used, "wa", "123456").orElseThrow().text()).contains("123456");
    clock.move(Duration.ofMinutes(20));

    assertThat(books.find(empty.id()).orElseThrow().state()).isEqualTo(OrderState.EXPIRED);
    assertThat(books.find(used.id()).orElseThrow().state()).isEqualTo(OrderState.FINISHED);
    assertThat(books.balance()).isEqualByComparingTo("80");
    assertThat(books.receive(empty, "wa", null)).isEmpty();
  }
}
