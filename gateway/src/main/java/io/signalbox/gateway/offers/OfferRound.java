package io.signalbox.gateway.offers;

import io.signalbox.gateway.ledger.OfferLedger;
import io.signalbox.gateway.ledger.OfferLedger.OfferSync;
import io.signalbox.spi.operation.NumberOffer;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All offers of a provider, stored a few at a time, one change after the other, so that the ledger
 * does other work in between.
 */
final class OfferRound {
  /**
   * How many offers of one provider are kept. Some have thousands of services in two hundred
   * countries; what is not kept is asked for when it is wanted.
   */
  static final int MOST_KEPT = 20_000;

  private final OfferLedger ledger;
  private final String provider;
  private final List<NumberOffer> kept;
  private final OfferSync sync;

  private OfferRound(OfferLedger ledger, List<NumberOffer> kept, OfferSync sync) {
    this.ledger = ledger;
    this.provider = sync.provider();
    this.kept = kept;
    this.sync = sync;
  }

  /**
   * Stores what a provider has told.
   *
   * @param told all its offers, in any order; what is out of stock need not be stored
   * @param atMillis as of when they are
   */
  static Future<OfferSync> store(
      OfferLedger ledger, String provider, Collection<NumberOffer> told, long atMillis) {
    Map<String, NumberOffer> distinct = new LinkedHashMap<>();
    for (NumberOffer offer : told) {
      if (offer.stock() > 0 && distinct.size() <= MOST_KEPT && OfferText.isSane(offer)) {
        distinct.putIfAbsent(offer.country() + ' ' + offer.service(), offer);
      }
    }
    List<NumberOffer> kept = distinct.values().stream().limit(MOST_KEPT).toList();
    OfferSync sync = new OfferSync(provider, atMillis, kept.size(), distinct.size() <= MOST_KEPT);
    OfferRound round = new OfferRound(ledger, kept, sync);
    return round.from(0).compose(stored -> round.end()).map(sync);
  }

  private Future<Void> from(int index) {
    if (index >= kept.size()) {
      return Future.succeededFuture();
    }
    int next = Math.min(kept.size(), index + OfferLedger.MOST_AT_ONCE);
    return ledger
        .putOffers(provider, kept.subList(index, next), sync.atMillis())
        .compose(stored -> from(next));
  }

  private Future<Void> end() {
    return ledger.endSync(sync).compose(done -> done ? Future.<Void>succeededFuture() : end());
  }
}
