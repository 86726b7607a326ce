package io.signalbox.gateway.drill;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.scoring.Ranking;
import io.signalbox.spi.Channel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is announced of providers and rankings, for drills that watch. Thread-confined. */
final class World {
  private final Map<String, ProviderState> providers = new HashMap<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private Map<Channel, ChannelRanking> rankings = Map.of();

  /** Hears what happens while a drill runs. */
  interface Watcher {
    /** A provider has announced itself. */
    default void provider(ProviderState state) {}

    /** New rankings were published. */
    default void ranked(Ranked ranked) {}

    /** An attempt has ended. */
    default void observed(Observed observed) {}
  }

  void provider(ProviderState state) {
    ProviderState known = providers.get(state.provider());
    if (known != null && known.generation() > state.generation()) {
      return;
    }
    if (state.stage() == Stage.STOPPED) {
      providers.remove(state.provider());
    } else {
      providers.put(state.provider(), state);
    }
    tell(watcher -> watcher.provider(state));
  }

  void ranked(Ranked ranked) {
    rankings = ranked.channels();
    tell(watcher -> watcher.ranked(ranked));
  }

  void observed(Observed observed) {
    tell(watcher -> watcher.observed(observed));
  }

  private void tell(Consumer<Watcher> news) {
    List.copyOf(watchers).forEach(news);
  }

  void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  void unwatch(Watcher watcher) {
    watchers.remove(watcher);
  }

  @Nullable ProviderState find(String provider) {
    return providers.get(provider);
  }

  /** Those that carry a channel. */
  List<ProviderState> carriers(Channel channel) {
    return providers.values().stream().filter(each -> each.channels().contains(channel)).toList();
  }

  /** The newest ranking of a channel; null if there is none. */
  @Nullable Ranking ranking(Channel channel) {
    ChannelRanking ranking = rankings.get(channel);
    return ranking == null ? null : ranking.ranking();
  }
}
