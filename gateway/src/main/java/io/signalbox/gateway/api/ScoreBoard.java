package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Map;

/** The newest rankings of this node, for reports. One for each node. Thread-safe. */
public final class ScoreBoard {
  private final MessageConsumer<Ranked> announcements;
  private volatile Map<Channel, ChannelRanking> rankings = Map.of();

  /** Begins to listen. */
  public ScoreBoard(Bus bus) {
    this.announcements =
        bus.listen(Addresses.RANKING, Ranked.class, ranked -> rankings = ranked.channels());
  }

  /** Listens no more. */
  public Future<Void> close() {
    return announcements.unregister();
  }

  /** All rankings, by channel. */
  Map<Channel, ChannelRanking> rankings() {
    return rankings;
  }
}
