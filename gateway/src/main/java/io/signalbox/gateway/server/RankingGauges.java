package io.signalbox.gateway.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.scoring.RankedCandidate;
import java.util.ArrayList;
import java.util.List;

/** Scores and shares of the traffic as meters; those of a provider that is gone go too. */
final class RankingGauges {
  private final MultiGauge scores;
  private final MultiGauge shares;

  private RankingGauges(MeterRegistry registry) {
    scores = MultiGauge.builder("signalbox.provider.score").register(registry);
    shares = MultiGauge.builder("signalbox.provider.traffic.share").register(registry);
  }

  static void register(Bus bus, MeterRegistry registry) {
    RankingGauges gauges = new RankingGauges(registry);
    bus.listen(Addresses.RANKING, Ranked.class, gauges::show);
  }

  private void show(Ranked ranked) {
    List<Row<?>> scoreRows = new ArrayList<>();
    List<Row<?>> shareRows = new ArrayList<>();
    ranked
        .channels()
        .forEach(
            (channel, ranking) -> {
              for (RankedCandidate candidate : ranking.ranking().candidates()) {
                Tags tags =
                    Tags.of("provider", candidate.provider(), "channel", channel.wireName());
                scoreRows.add(Row.of(tags, candidate.score()));
                shareRows.add(Row.of(tags, candidate.share()));
              }
            });
    scores.register(scoreRows, true);
    shares.register(shareRows, true);
  }
}
