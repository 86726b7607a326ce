package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Job;
import io.signalbox.gateway.ledger.OfferLedger;
import io.signalbox.spi.operation.NumberOffer;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Offers of numbers in the ledger. */
final class SqlOfferLedger implements OfferLedger {
  /** The year 9999, which every store can compare with. */
  private static final long FAR_FUTURE_MILLIS = 253_370_764_800_000L;

  private final Store store;

  SqlOfferLedger(Store store) {
    this.store = store;
  }

  @Override
  public Future<KnownOffers> offers(String country, String service) {
    return store.readers().read(session -> session.offers().offers(country, service));
  }

  @Override
  public Future<List<OfferSync>> syncs() {
    return store.readers().read(session -> session.offers().syncs());
  }

  @Override
  public Future<Void> putOffers(String provider, List<NumberOffer> offers, long seenAtMillis) {
    if (offers.isEmpty()) {
      return Future.succeededFuture();
    }
    if (offers.size() > MOST_AT_ONCE) {
      return Future.failedFuture(new IllegalArgumentException("too many offers at once"));
    }
    return store
        .submit(
            Job.OFFERS,
            session -> {
              for (NumberOffer offer : offers) {
                session.offers().put(provider, offer, seenAtMillis);
              }
              return offers;
            },
            offers.size())
        .mapEmpty();
  }

  @Override
  public Future<Boolean> endSync(OfferSync sync) {
    return store.submit(
        Job.OFFERS,
        session -> {
          boolean more = session.offers().remove(sync.provider(), sync.atMillis()) == MOST_AT_ONCE;
          if (!more) {
            session.offers().put(sync);
          }
          return !more;
        },
        1);
  }

  @Override
  public Future<Boolean> forgetProvider(String provider) {
    return store.submit(
        Job.OFFERS,
        session -> {
          boolean more = session.offers().remove(provider, FAR_FUTURE_MILLIS) == MOST_AT_ONCE;
          if (!more) {
            session.offers().forget(provider);
          }
          return !more;
        },
        1);
  }

  @Override
  public Future<Void> replaceOffer(
      String provider,
      String country,
      String service,
      @Nullable NumberOffer offer,
      long seenAtMillis) {
    NumberOffer known = offer == null ? new NumberOffer(country, service, 0, null, null) : offer;
    return store
        .writer()
        .submit(
            session -> {
              // Callers may ask for anything: what nobody offers is not remembered.
              if (offer != null || session.offers().isKnown(country, service)) {
                session.offers().put(provider, known, seenAtMillis);
              }
              return known;
            },
            1)
        .mapEmpty();
  }
}
