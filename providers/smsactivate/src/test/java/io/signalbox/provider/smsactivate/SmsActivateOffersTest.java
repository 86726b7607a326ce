package io.signalbox.provider.smsactivate;

import static io.signalbox.provider.smsactivate.TestAccount.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.NumberProvider;
import io.signalbox.spi.operation.OfferWish;
import io.signalbox.spi.operation.Price;
import io.signalbox.testkit.BaseProviderTest;
import io.signalbox.testkit.HostedProvider;
import io.signalbox.testkit.Reply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of stock and prices that are not as documented, or none. */
class SmsActivateOffersTest extends BaseProviderTest {
  private static final OfferWish WISH = new OfferWish("us", "wa", Duration.ofSeconds(10));

  @Override
  protected ProviderFactory factory() {
    return new SmsActivateFactory();
  }

  @Override
  protected JsonObject config(String baseUrl) {
    return TestAccount.config(baseUrl).put("free_price", true);
  }

  @Override
  protected List<String> requiredKeys() {
    return TestAccount.REQUIRED_KEYS;
  }

  private Answer<List<NumberOffer>> offers() {
    HostedProvider provider = provider();
    return provider.call(() -> ((NumberProvider) provider.provider()).offers(WISH));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"0\":{\"country\":187,\"freePriceMap\":{\"0.5\":3}}}; 0.5",
        "[{\"country\":187,\"freePriceMap\":{\"0.5\":3}}]; 0.5",
        "{\"187\":{\"freePriceMap\":{\"0.5\":3}}}; 0.5",
        "[{\"freePriceMap\":{\"0.5\":3}}];",
        "{\"status\":\"error\"};",
        "ERROR_SQL;"
      })
  void freePriceIsOfTheCountryThatIsSaidAndFixedPricesAreToldWithoutIt(String told, String free) {
    server()
        .script(
            seen ->
                Future.succeededFuture(
                    seen.query().contains("getPrices")
                        ? Reply.json(200, "{\"187\":{\"wa\":{\"cost\":1.5,\"count\":7}}}")
                        : Reply.json(200, told)));

    assertThat(offers())
        .isInstanceOfSatisfying(
            Answer.Done.class,
            done ->
                assertThat(done.value())
                    .isEqualTo(
                        List.of(
                            new NumberOffer(
                                "us", "wa", 7, usd("1.5"), free == null ? null : usd(free)))));
  }

  private static Price usd(String amount) {
    return new Price(new BigDecimal(amount), "USD");
  }

  @Test
  void errorInJsonIsNoListOfNothing() {
    server().reply(Reply.json(200, "{\"status\":\"error\",\"message\":\"later\"}"));
    assertThat(offers())
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.outcome().kind()).isEqualTo(OutcomeKind.UNKNOWN));
  }

  @Test
  void fixedPricesThatAreNotToldAreMissed() {
    server().reply(text("ERROR_SQL"));
    assertThat(offers()).isInstanceOf(Answer.Failed.class);
  }
}
