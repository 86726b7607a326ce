package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.OfferLedger.KnownOffers;
import io.signalbox.gateway.ledger.OfferLedger.OfferSync;
import io.signalbox.gateway.ledger.OfferLedger.StoredOffer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.Price;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What providers have to rent. */
public abstract class BaseOfferTest extends LedgerContract {
  private static final NumberOffer PRICED =
      new NumberOffer("us", "wa", 40, euros("0.123456"), euros("12"));
  private static final NumberOffer BARE = new NumberOffer("us", "wa", 0, null, null);

  private OfferLedger offers() {
    return opened.whole().offers();
  }

  private static Price euros(String amount) {
    return new Price(new BigDecimal(amount), "EUR");
  }

  @Test
  void offersOfSeveralProvidersAreFoundOverARestart() throws Exception {
    NumberOffer elsewhere = new NumberOffer("gb", "wa", 7, euros("1"), null);
    await(offers().putOffers("alpha", List.of(PRICED, elsewhere), NOW));
    await(offers().putOffers("beta", List.of(BARE), NOW + 1));
    await(offers().endSync(new OfferSync("alpha", NOW, 2, true)));
    reopen();

    KnownOffers known = await(offers().offers("us", "wa"));
    assertThat(known.offers())
        .containsExactlyInAnyOrder(
            new StoredOffer("alpha", PRICED, NOW), new StoredOffer("beta", BARE, NOW + 1));
    assertThat(known.syncs()).containsExactly(new OfferSync("alpha", NOW, 2, true));
    assertThat(await(offers().offers("us", "tg")).offers()).isEmpty();
  }

  @Test
  void aRoundRemovesWhatItHasNotSeen() throws Exception {
    await(offers().putOffers("alpha", many(OfferLedger.MOST_AT_ONCE), NOW));
    await(offers().putOffers("alpha", List.of(PRICED), NOW));
    await(offers().putOffers("beta", List.of(BARE), NOW));
    await(offers().putOffers("alpha", List.of(BARE), NOW + 5));

    OfferSync sync = new OfferSync("alpha", NOW + 5, 1, false);
    int steps = 1;
    while (!await(offers().endSync(sync))) {
      assertThat(await(offers().syncs())).as("not before all is done").isEmpty();
      steps++;
    }
    assertThat(steps).as("a few at a time").isEqualTo(2);
    assertThat(await(offers().syncs())).containsExactly(sync);
    assertThat(await(offers().offers("us", "wa")).offers())
        .containsExactlyInAnyOrder(
            new StoredOffer("alpha", BARE, NOW + 5), new StoredOffer("beta", BARE, NOW));
    assertThat(askStore("SELECT count(*) FROM number_offers")).containsExactly("2");
  }

  @Test
  void aSingleOfferIsReplacedAndItsLackIsNoStock() throws Exception {
    await(offers().replaceOffer("alpha", "us", "wa", PRICED, NOW));
    assertThat(await(offers().offers("us", "wa")).offers())
        .containsExactly(new StoredOffer("alpha", PRICED, NOW));

    await(offers().replaceOffer("alpha", "us", "wa", null, NOW + 1));
    assertThat(await(offers().offers("us", "wa")).offers())
        .containsExactly(new StoredOffer("alpha", BARE, NOW + 1));
  }

  @Test
  void theLackOfWhatNobodyOffersIsNotRemembered() throws Exception {
    await(offers().replaceOffer("alpha", "us", "wa", PRICED, NOW));
    await(offers().replaceOffer("alpha", "us", "invented", null, NOW));
    await(offers().replaceOffer("alpha", "zz", "wa", null, NOW));
    await(offers().replaceOffer("beta", "us", "wa", null, NOW));
    assertThat(askStore("SELECT provider, country, service FROM number_offers ORDER BY provider"))
        .containsExactly("alpha|us|wa", "beta|us|wa");
  }

  @Test
  void aProviderIsForgottenWithItsRound() throws Exception {
    await(offers().putOffers("alpha", List.of(PRICED), NOW));
    await(offers().endSync(new OfferSync("alpha", NOW, 1, true)));
    await(offers().putOffers("beta", List.of(BARE), NOW));

    assertThat(await(offers().forgetProvider("alpha"))).isTrue();
    assertThat(await(offers().offers("us", "wa")))
        .isEqualTo(new KnownOffers(List.of(new StoredOffer("beta", BARE, NOW)), List.of()));
  }

  private static List<NumberOffer> many(int count) {
    List<NumberOffer> many = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      many.add(new NumberOffer("de", "s" + i, i, null, null));
    }
    return many;
  }
}
