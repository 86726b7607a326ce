package io.signalbox.gateway.ranking;

import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.Decision.RankingSnapshot;
import io.signalbox.gateway.preferences.ChannelPreferences;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.scoring.Candidate;
import io.signalbox.scoring.Ranker;
import io.signalbox.scoring.Ranking;
import io.signalbox.scoring.SelectionStrategy;
import io.signalbox.scoring.TrafficShares;
import io.signalbox.spi.Channel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Ranks the candidates of channels as operators prefer, and moves their traffic. Thread-confined.
 */
final class RankingMaker {
  private static final int ID_COUNTER_BITS = 10;
  private static final int ID_NODE_BITS = 6;

  private final GatewayConfig.Scoring settings;
  private final Map<Channel, TrafficShares> shares = new EnumMap<>(Channel.class);
  private final IntSupplier node;
  private Preferences preferences;
  private long lastId;

  /**
   * Makes a maker that has ranked nothing yet.
   *
   * @param node this node's number, 0 to 63
   */
  RankingMaker(GatewayConfig.Scoring settings, Preferences preferences, IntSupplier node) {
    this.settings = settings;
    this.node = node;
    this.preferences = preferences;
  }

  Preferences preferences() {
    return preferences;
  }

  void preferences(Preferences newest) {
    this.preferences = newest;
  }

  /**
   * Forgets where the traffic stood: who came up first while others were still starting has no
   * claim to it.
   */
  void beginAnew() {
    shares.clear();
  }

  /**
   * Ranks.
   *
   * @param atOnce true to let the traffic stand where it should, without moving
   */
  ChannelRanking rank(Channel channel, List<Candidate> candidates, long nowMillis, boolean atOnce) {
    // Nodes that share a ledger make no id twice.
    long next = ((lastId >>> ID_NODE_BITS) + 1) << ID_NODE_BITS;
    lastId = Math.max(next, nowMillis << ID_COUNTER_BITS) | node.getAsInt();
    ChannelPreferences preferred = preferences.of(channel);
    Ranking scored =
        Ranker.rank(
            lastId,
            nowMillis,
            channel.wireName(),
            candidates,
            preferred.policy(),
            preferred.parameters());
    boolean fresh = !shares.containsKey(channel);
    Ranking ranking =
        shares
            .computeIfAbsent(
                channel,
                any -> new TrafficShares(settings.maxShiftPerSecond(), settings.shiftMargin()))
            .step(
                scored,
                // Where nobody may take over there is nothing to share.
                preferred.fallbackEnabled() ? preferred.strategy() : SelectionStrategy.BEST,
                preferred.parameters().minSuccessRate(),
                preferred.preferredProvider(),
                fresh || atOnce);
    return new ChannelRanking(ranking, new RankingSnapshot(lastId, RankingJson.write(ranking)));
  }
}
