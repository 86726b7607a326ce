package io.signalbox.gateway.operation;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.PreferenceMessages.InForce;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.gateway.preferences.ChannelPreferences;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.scoring.Ranking;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The providers of a channel of operations as they last announced themselves, their newest ranking,
 * and what operators prefer. Made before the first provider starts. Thread-safe.
 */
public final class OperationMarket {
  private final Channel channel;
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
   * @param channel whose providers
   * @param preferences what holds until operators' wishes are heard of
   */
  public OperationMarket(Bus bus, Channel channel, Preferences preferences) {
    this.channel = channel;
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
    if (!state.channels().contains(channel)) {
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
    ChannelRanking own = newest.channels().get(channel);
    ranking = own == null ? null : own.ranking();
  }

  /** The ids of those that there are. */
  public Set<String> providers() {
    return Set.copyOf(providers.keySet());
  }

  /** Whether there is a provider of that id. */
  public boolean has(String provider) {
    return providers.containsKey(provider);
  }

  /**
   * The providers of the same plugin as one, and that one: nothing tells whether they have accounts
   * of their own.
   */
  public Set<String> neighbours(String provider) {
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

  /** After how long a provider may be asked whose breaker is open; empty if it is not open. */
  public Optional<Duration> openFor(String provider, long nowMillis) {
    ProviderState state = providers.get(provider);
    return state == null || !"open".equals(state.breaker().state())
        ? Optional.empty()
        : Optional.of(
            Duration.ofMillis(Math.max(1, state.breaker().openUntilMillis() - nowMillis)));
  }

  /** Those that there are, by id. */
  public Map<String, ProviderState> states() {
    return Map.copyOf(providers);
  }

  /** The newest ranking; null if there is none yet. */
  public @Nullable Ranking ranking() {
    return ranking;
  }

  /** What operators prefer. */
  public ChannelPreferences preferences() {
    return preferences.of(channel);
  }

  /** Listens no more. */
  public Future<Void> close() {
    return Future.join(announcements.unregister(), rankings.unregister(), wishes.unregister())
        .mapEmpty();
  }
}
