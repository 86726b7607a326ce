package io.signalbox.gateway.rental;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.PreferenceMessages.InForce;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.gateway.ledger.OfferLedger.KnownOffers;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.scoring.Ranking;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The number providers as they last announced themselves, their newest ranking, and what operators
 * prefer. Made before the first provider starts. Thread-safe.
 */
public final class NumberMarket {
  private final ConcurrentMap<String, ProviderState> providers = new ConcurrentHashMap<>();

  /** The plugins of all providers that there were: what one has made outlives it. */
  private final ConcurrentMap<String, String> plugins = new ConcurrentHashMap<>();

  private final MessageConsumer<ProviderState> announcements;
  private final MessageConsumer<Ranked> rankings;
  private final MessageConsumer<InForce> wishes;
  private volatile @Nullable Ranking ranking;
  private volatile Preferences preferences;

  /**
   * Begins to listen.
   *
   * @param preferences what holds until operators' wishes are heard of
   */
  public NumberMarket(Bus bus, Preferences preferences) {
    this.preferences = preferences;
    this.announcements = bus.listen(Addresses.PROVIDERS, ProviderState.class, this::announced);
    this.rankings = bus.listen(Addresses.RANKING, Ranked.class, this::ranked);
    this.wishes =
        bus.listen(
            Addresses.PREFERENCES,
            InForce.class,
            newest -> this.preferences = newest.preferences());
  }

  private void announced(ProviderState state) {
    if (!state.channels().contains(Channel.NUMBER)) {
      return;
    }
    plugins.put(state.provider(), state.plugin());
    providers.compute(
        state.provider(),
        (id, known) -> {
          if (known != null && known.generation() > state.generation()) {
            return known;
          }
          return state.stage() == Stage.STOPPED ? null : state;
        });
  }

  private void ranked(Ranked newest) {
    ChannelRanking numbers = newest.channels().get(Channel.NUMBER);
    ranking = numbers == null ? null : numbers.ranking();
  }

  /** Whether there is a number provider of that id. */
  public boolean has(String provider) {
    return providers.containsKey(provider);
  }

  /**
   * The providers of the same plugin as one, and that one: nothing tells whether they have accounts
   * of their own.
   */
  Set<String> neighbours(String provider) {
    Set<String> found = new HashSet<>(Set.of(provider));
    String plugin = plugins.get(provider);
    plugins.forEach(
        (other, its) -> {
          if (its.equals(plugin)) {
            found.add(other);
          }
        });
    return found;
  }

  /** All that a choice depends on. */
  RentFacts facts(KnownOffers offers) {
    return new RentFacts(ranking, providers, offers, preferences.of(Channel.NUMBER));
  }

  /** Listens no more. */
  public Future<Void> close() {
    return Future.join(announcements.unregister(), rankings.unregister(), wishes.unregister())
        .mapEmpty();
  }
}
