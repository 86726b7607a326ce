package io.signalbox.gateway.offers;

import io.signalbox.gateway.call.NumberCall.AskOffers;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.ledger.OfferLedger;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.OfferWish;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a provider anew what it has of one service in one country, because a rent found that it has
 * other than was known. Nobody waits for it. Thread-safe.
 */
public final class OfferRefresh {
  private static final Logger LOG = LoggerFactory.getLogger(OfferRefresh.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  /** Rents that fail one after the other do not ask again and again. */
  private static final long PAUSE_MILLIS = 30_000;

  private static final int MOST_REMEMBERED = 1_000;

  private final ProviderCalls calls;
  private final OfferLedger ledger;
  private final Clock clock;

  /** When what was asked last, the oldest first. Guarded by itself. */
  private final Map<String, Long> asked = new LinkedHashMap<>();

  /** Makes a refresh that has asked nothing yet. */
  public OfferRefresh(ProviderCalls calls, OfferLedger ledger, Clock clock) {
    this.calls = calls;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Asks, unless that was done within the last half minute.
   *
   * @param country ISO 3166-1 alpha-2, two small letters
   * @param service the word that callers use
   * @return true if the answer is stored; false if nobody was asked or no answer came. Does not
   *     fail
   */
  public Future<Boolean> refresh(String provider, String country, String service) {
    long now = clock.millis();
    if (!begin(provider + ' ' + country + ' ' + service, now)) {
      return Future.succeededFuture(false);
    }
    return calls
        .call(provider, new AskOffers(new OfferWish(country, service, TIMEOUT)))
        .compose(
            answer ->
                answer instanceof Answer.Done<List<NumberOffer>> done
                    ? store(provider, country, service, done.value(), now).map(true)
                    : Future.succeededFuture(false))
        .otherwise(
            failure -> {
              LOG.info("an offer of {} was not stored: {}", provider, failure.toString());
              return false;
            });
  }

  private boolean begin(String what, long nowMillis) {
    synchronized (asked) {
      Long last = asked.get(what);
      if (last != null && nowMillis - last < PAUSE_MILLIS) {
        return false;
      }
      asked.remove(what);
      asked.put(what, nowMillis);
      if (asked.size() > MOST_REMEMBERED) {
        asked.remove(asked.keySet().iterator().next());
      }
      return true;
    }
  }

  private Future<Void> store(
      String provider, String country, String service, List<NumberOffer> told, long atMillis) {
    NumberOffer found =
        told.stream()
            .filter(offer -> offer.country().equals(country) && offer.service().equals(service))
            .findFirst()
            .orElse(null);
    return ledger.replaceOffer(provider, country, service, found, atMillis);
  }
}
