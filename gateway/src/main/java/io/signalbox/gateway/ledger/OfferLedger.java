package io.signalbox.gateway.ledger;

import io.signalbox.spi.operation.NumberOffer;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What providers said last that they have to rent, and at what price. It helps to choose and is
 * never the truth: stock changes while it is read. Thread-safe.
 */
public interface OfferLedger {
  /** How many offers are stored or removed in one change at most. */
  int MOST_AT_ONCE = 500;

  /**
   * The offers of one service in one country, and how much is known at all.
   *
   * @param country as {@link NumberOffer#country()}
   * @param service as {@link NumberOffer#service()}
   */
  Future<KnownOffers> offers(String country, String service);

  /** When the offers of each provider were asked for last. */
  Future<List<OfferSync>> syncs();

  /**
   * Stores offers of a provider over what was known of them. For the node that does the job {@link
   * Job#OFFERS}; fails with {@link NotOurJobException} on others.
   *
   * @param offers at most {@value #MOST_AT_ONCE}
   * @param seenAtMillis as of when they are
   */
  Future<Void> putOffers(String provider, List<NumberOffer> offers, long seenAtMillis);

  /**
   * Ends a round over all offers of a provider: removes those that were not seen since it began, a
   * few at a time, and notes the round when none is left. For the node that does the job.
   *
   * @return whether all is done; if not, call it again
   */
  Future<Boolean> endSync(OfferSync sync);

  /**
   * Forgets a provider that is gone, a few offers at a time. For the node that does the job.
   *
   * @return whether all is done; if not, call it again
   */
  Future<Boolean> forgetProvider(String provider);

  /**
   * Stores what a provider says of one service in one country. For any node.
   *
   * @param offer null if it has nothing of it; that is stored only where something is known of it,
   *     of any provider
   * @param seenAtMillis as of when that is
   */
  Future<Void> replaceOffer(
      String provider,
      String country,
      String service,
      @Nullable NumberOffer offer,
      long seenAtMillis);

  /**
   * What is known of one service in one country.
   *
   * @param offers by provider, in no order
   * @param syncs of all providers: one that told all its offers, and not this, has none
   */
  record KnownOffers(List<StoredOffer> offers, List<OfferSync> syncs) {
    /** Nothing. */
    public static final KnownOffers NONE = new KnownOffers(List.of(), List.of());

    /** Copies the lists. */
    public KnownOffers {
      offers = List.copyOf(offers);
      syncs = List.copyOf(syncs);
    }
  }

  /**
   * An offer with where and when it was seen.
   *
   * @param provider the provider's id
   * @param seenAtMillis epoch milliseconds
   */
  record StoredOffer(String provider, NumberOffer offer, long seenAtMillis) {}

  /**
   * One round over all offers of a provider.
   *
   * @param provider the provider's id
   * @param atMillis when it began
   * @param offers how many were kept
   * @param complete whether those are all that the provider has
   */
  record OfferSync(String provider, long atMillis, int offers, boolean complete) {}
}
