package io.signalbox.gateway.rental;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.ledger.OfferLedger.KnownOffers;
import io.signalbox.gateway.preferences.ChannelPreferences;
import io.signalbox.scoring.Ranking;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a choice depends on, as it was at one moment.
 *
 * @param ranking the newest of the channel, which has the providers' health; null if there is none
 * @param providers number providers by id
 * @param offers of the service in the country
 * @param preferences of the channel
 */
record RentFacts(
    @Nullable Ranking ranking,
    Map<String, ProviderState> providers,
    KnownOffers offers,
    ChannelPreferences preferences) {

  /** Copies the map. */
  RentFacts {
    providers = Map.copyOf(providers);
  }
}
