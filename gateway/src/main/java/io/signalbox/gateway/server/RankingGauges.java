package io.signalbox.gateway.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.scoring.DeliverySnapshot;
import io.signalbox.scoring.RankedCandidate;
import java.util.ArrayList;
import java.util.List;

/** Scores and shares of the traffic as meters; those of a provider that is gone go too. */
final class RankingGauges {
  private final MultiGauge scores;
  private final MultiGauge shares;
  private final MultiGauge missing;

  private RankingGauges(MeterRegistry registry) {
    scores = gauge(registry, "signalbox.provider.score", "The score of a provider, 0 to 100");
    shares =
        gauge(
            registry,
            "signalbox.provider.traffic.share",
            "The part of a channel's traffic that a provider gets now");
    missing =
        gauge(
            registry,
            "signalbox.receipts.missing",
            "Of the last messages that can be judged, those overdue without a receipt that says"
                + " delivered; a late one counts half");
  }

  private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
    return MultiGauge.builder(name).description(description).register(registry);
  }

  static void register(Bus bus, MeterRegistry registry) {
    RankingGauges gauges = new RankingGauges(registry);
    bus.listen(Addresses.RANKING, Ranked.class, gauges::show);
  }

  private void show(Ranked ranked) {
    List<Row<?>> scoreRows = new ArrayList<>();
    List<Row<?>> shareRows = new ArrayList<>();
    List<Row<?>> missingRows = new ArrayList<>();
    ranked
        .channels()
        .forEach(
            (channel, ranking) -> {
              for (RankedCandidate candidate : ranking.ranking().candidates()) {
                Tags tags =
                    Tags.of("provider", candidate.provider(), "channel", channel.wireName());
                scoreRows.add(Row.of(tags, candidate.score()));
                shareRows.add(Row.of(tags, candidate.share()));
                DeliverySnapshot told = candidate.health().delivery();
                missingRows.add(Row.of(tags, told.judged() * (1 - told.share())));
              }
            });
    scores.register(scoreRows, true);
    shares.register(shareRows, true);
    missing.register(missingRows, true);
  }
}
