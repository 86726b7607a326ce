package io.signalbox.gateway.rental;

import io.signalbox.gateway.config.NumbersSettings;
import io.signalbox.gateway.ledger.OfferLedger.KnownOffers;
import io.signalbox.gateway.ledger.OfferLedger.OfferSync;
import io.signalbox.gateway.ledger.OfferLedger.StoredOffer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.Price;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one provider's offer for a wish.
 *
 * @param stock how many; empty if nobody knows, or it is too long ago
 * @param price the fixed price; null if not known
 * @param lowestFreePrice at which one is to be had where the provider may pick the price and this
 *     gateway allows it; null otherwise
 * @param seenAtMillis as of when that is; 0 if nothing is known
 */
record OfferFacts(
    OptionalInt stock, @Nullable Price price, @Nullable Price lowestFreePrice, long seenAtMillis) {
  private static final OfferFacts NOTHING = new OfferFacts(OptionalInt.empty(), null, null, 0);

  /** After so many intervals without news stock is taken for not known. */
  private static final int INTERVALS = 2;

  /** What is known of a provider. */
  static OfferFacts of(
      KnownOffers known, String provider, NumbersSettings settings, long nowMillis) {
    long oldest = nowMillis - INTERVALS * settings.syncInterval().toMillis();
    for (StoredOffer stored : known.offers()) {
      if (stored.provider().equals(provider)) {
        NumberOffer offer = stored.offer();
        boolean fresh = stored.seenAtMillis() >= oldest;
        return new OfferFacts(
            fresh ? OptionalInt.of(offer.stock()) : OptionalInt.empty(),
            offer.price(),
            settings.allowsFreePrice(provider) ? offer.lowestFreePrice() : null,
            stored.seenAtMillis());
      }
    }
    for (OfferSync sync : known.syncs()) {
      if (sync.provider().equals(provider) && sync.complete() && sync.atMillis() >= oldest) {
        // It told all it has, and this was not among it.
        return new OfferFacts(OptionalInt.of(0), null, null, sync.atMillis());
      }
    }
    return NOTHING;
  }

  /** The least that a number may cost, in a currency; null if not known in that. */
  @Nullable BigDecimal lowest(String currency) {
    BigDecimal fixed = amount(price, currency);
    BigDecimal free = amount(lowestFreePrice, currency);
    if (fixed == null || free == null) {
      return fixed == null ? free : fixed;
    }
    return fixed.min(free);
  }

  /** The fixed price in a currency; null if not known in that. */
  @Nullable BigDecimal fixed(String currency) {
    return amount(price, currency);
  }

  /** The lowest free price in a currency; null if not known in that, or not allowed. */
  @Nullable BigDecimal lowestFree(String currency) {
    return amount(lowestFreePrice, currency);
  }

  private static @Nullable BigDecimal amount(@Nullable Price price, String currency) {
    return price == null || !price.currency().equals(currency) ? null : price.amount();
  }

  /** Whether it has a price, in another currency only. */
  boolean isForeign(String currency) {
    return lowest(currency) == null && (price != null || lowestFreePrice != null);
  }

  /** Adds what is known, as the API shows it. */
  void describe(JsonObject json) {
    stock.ifPresent(count -> json.put("stock", count));
    if (price != null) {
      json.put("price", MoneyJson.write(price));
    }
    if (lowestFreePrice != null) {
      json.put("lowest_free_price", MoneyJson.write(lowestFreePrice));
    }
    if (seenAtMillis != 0) {
      json.put("offer_seen_at", Instant.ofEpochMilli(seenAtMillis).toString());
    }
  }
}
