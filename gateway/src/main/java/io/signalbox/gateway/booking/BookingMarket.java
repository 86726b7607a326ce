package io.signalbox.gateway.booking;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.PreferenceMessages.InForce;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.scoring.Ranking;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The booking providers as they last announced themselves, their newest ranking, and what operators
 * prefer. Made before the first provider starts. Thread-safe.
 */
public final class BookingMarket {
  private final ConcurrentMap<String, ProviderState> providers = new ConcurrentHashMap<>();
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
  public BookingMarket(Bus bus, Preferences preferences) {
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
    if (!state.channels().contains(Channel.BOOKING)) {
      return;
    }
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
    ChannelRanking bookings = newest.channels().get(Channel.BOOKING);
    ranking = bookings == null ? null : bookings.ranking();
  }

  /** The ids of those that there are. */
  public Set<String> providers() {
    return Set.copyOf(providers.keySet());
  }

  /** After how long a provider may be asked whose breaker is open; empty if it is not open. */
  Optional<Duration> openFor(String provider, long nowMillis) {
    ProviderState state = providers.get(provider);
    return state == null || !"open".equals(state.breaker().state())
        ? Optional.empty()
        : Optional.of(
            Duration.ofMillis(Math.max(1, state.breaker().openUntilMillis() - nowMillis)));
  }

  /** Whom to ask, the best first. */
  BookingChoice choice() {
    return new BookingChoice(ranking, Map.copyOf(providers), preferences.of(Channel.BOOKING));
  }

  /** Listens no more. */
  public Future<Void> close() {
    return Future.join(announcements.unregister(), rankings.unregister(), wishes.unregister())
        .mapEmpty();
  }
}
