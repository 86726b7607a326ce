package io.signalbox.gateway.rental;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.operation.OperationMarket;
import io.signalbox.gateway.operation.OperationStories;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.spi.Channel;
import io.signalbox.spi.operation.Price;
import io.signalbox.spi.operation.Rental;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the saga is told of a rent. */
class RentKindTest extends LedgerContract {

  @Test
  void whatCostsMoreThanMayBePaidIsNotWhatWasAskedFor() {
    GatewayConfig config = ConfigLoader.load(Optional.empty(), Map.of(), Map.of());
    OperationMarket market =
        new OperationMarket(
            Bus.install(vertx),
            Channel.NUMBER,
            Preferences.of(StoredPreferences.NONE, config.scoring(), config.dispatch()));
    RentKind kind =
        new RentKind(market, opened.whole().offers(), config.numbers(), Clock.systemUTC());
    String currency = config.numbers().currency();
    Operation operation = OperationStories.operation();
    assertThat(kind.fits(operation, found(new Price(new BigDecimal("99"), currency)))).isTrue();

    operation.request().put("max_price", "1.5");
    assertThat(kind.fits(operation, found(new Price(new BigDecimal("1.50"), currency)))).isTrue();
    assertThat(kind.fits(operation, found(new Price(new BigDecimal("1.51"), currency)))).isFalse();
    assertThat(kind.fits(operation, found(new Price(new BigDecimal("99"), "XTS")))).isTrue();
    assertThat(kind.fits(operation, found(null))).isTrue();
  }

  private static OperationResult found(@Nullable Price price) {
    RentedNumber number = RentedNumber.of(new Rental("r", "+15550100", price, null, null));
    return new OperationResult("alpha", "r", number.toJson(), 0);
  }
}
