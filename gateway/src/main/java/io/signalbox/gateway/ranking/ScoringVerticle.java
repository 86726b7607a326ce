package io.signalbox.gateway.ranking;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.HealthMessages.HealthConnected;
import io.signalbox.gateway.bus.HealthMessages.HealthElsewhere;
import io.signalbox.gateway.bus.HealthMessages.TakeHealthNews;
import io.signalbox.gateway.bus.PreferenceMessages.InForce;
import io.signalbox.gateway.bus.ProviderMessages.ProviderReset;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.ProvidersLoaded;
import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.bus.ScoringMessages.Deliveries;
import io.signalbox.gateway.bus.ScoringMessages.Load;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.LedgerReports;
import io.signalbox.gateway.ledger.Nodes;
import io.signalbox.gateway.ledger.ProviderLedger;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.scoring.Candidate;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the health of all providers and publishes rankings, off the hot path: at once when a
 * provider comes, goes or changes its breaker, or a preference changes; otherwise at an interval if
 * outcomes or receipts came in; and each second anyway.
 */
public final class ScoringVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ScoringVerticle.class);

  /** Rankings come at least so often, so that traffic moves and what is overdue is seen. */
  private static final long HEARTBEAT_MILLIS = 1_000;

  private static final long JOURNAL_MILLIS = 2_000;

  /**
   * How many past attempts of each provider are read at start for each that a window holds: some
   * say nothing of its health, and receipts are judged over more.
   */
  private static final int PAST_RESULTS_FACTOR = 4;

  private final Bus bus;
  private final LedgerReports reports;
  private final GatewayConfig.Scoring settings;
  private final Clock clock;
  private final HealthBook book;
  private final HealthJournal journal;
  private final RankingMaker maker;
  private final UnknownPreferences unknown = new UnknownPreferences();
  private Map<Channel, ChannelRanking> published = Map.of();
  private long publishedAtMillis;
  private boolean complete;

  /**
   * Makes the verticle; nothing happens before it is deployed.
   *
   * @param random tells the attempts of this run apart from those of other nodes
   */
  public ScoringVerticle(
      Bus bus,
      LedgerReports reports,
      ProviderLedger health,
      Nodes nodes,
      GatewayConfig config,
      Clock clock,
      long random) {
    this.bus = bus;
    this.reports = reports;
    this.settings = config.scoring();
    this.clock = clock;
    this.book = new HealthBook(config.scoring(), random);
    if (config.redis().isConfigured()) {
      book.share();
    }
    this.journal = new HealthJournal(health);
    this.maker =
        new RankingMaker(
            config.scoring(),
            Preferences.of(StoredPreferences.NONE, config.scoring(), config.dispatch()),
            () -> nodes.share().node());
  }

  @Override
  public Future<?> start() {
    bus.listen(Addresses.OUTCOMES, Observed.class, book::observe);
    bus.listen(Addresses.DELIVERIES, Deliveries.class, book::hear);
    bus.listen(Addresses.LOAD, Load.class, book::load);
    bus.listen(
        Addresses.PROVIDERS_RESET, ProviderReset.class, reset -> book.reset(reset, clock.millis()));
    bus.answer(
        Addresses.HEALTH_NEWS,
        TakeHealthNews.class,
        asked -> Future.succeededFuture(book.takeNews()));
    bus.listen(Addresses.HEALTH_ELSEWHERE, HealthElsewhere.class, book::elsewhere);
    bus.listen(
        Addresses.HEALTH_CONNECTED,
        HealthConnected.class,
        news -> book.connected(news.connected(), clock.millis()));
    bus.listen(
        Addresses.PROVIDERS,
        ProviderState.class,
        state -> {
          if (book.update(state)) {
            publish();
            warn();
          }
        });
    bus.listen(
        Addresses.PREFERENCES,
        InForce.class,
        newest -> {
          maker.preferences(newest.preferences());
          publish();
          warn();
        });
    bus.listen(
        Addresses.PROVIDERS_LOADED,
        ProvidersLoaded.class,
        loaded -> {
          complete = true;
          maker.beginAnew();
          publish();
          warn();
        });
    // The timers end with the verticle's context.
    vertx.setPeriodic(settings.publishInterval().toMillis(), tick -> publishIfDue());
    vertx.setPeriodic(JOURNAL_MILLIS, tick -> keep());
    return reports
        .recentResults(settings.window() * PAST_RESULTS_FACTOR)
        .compose(
            results ->
                reports
                    .webhookTimes(settings.lateAfterMin().toMillis())
                    .onSuccess(heard -> book.remember(results, heard)))
        .otherwise(
            failure -> {
              LOG.warn("health begins without history: {}", failure.toString());
              return List.of();
            });
  }

  /** Stores what was counted last. */
  @Override
  public Future<?> stop() {
    return journal.close(book.all(), published.values(), clock.millis());
  }

  private void keep() {
    long now = clock.millis();
    if (complete) {
      journal.keepOnly(book.ids(), now);
    }
    journal
        .write(book.all(), published.values(), now)
        .onFailure(failure -> LOG.warn("the health of providers is not kept", failure));
  }

  /** Before all providers of the start are known nobody can tell who is none. */
  private void warn() {
    if (complete) {
      for (String provider : unknown.find(maker.preferences(), book.ids())) {
        LOG.warn("preferred_provider is {}, which is no provider's id: it has no effect", provider);
      }
    }
  }

  private void publishIfDue() {
    if (book.takeChanged() || clock.millis() - publishedAtMillis >= HEARTBEAT_MILLIS) {
      publish();
    }
  }

  private void publish() {
    long now = clock.millis();
    publishedAtMillis = now;
    Map<Channel, ChannelRanking> rankings = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      List<Candidate> candidates = book.candidates(channel, now);
      if (!candidates.isEmpty()) {
        rankings.put(channel, maker.rank(channel, candidates, now, !complete));
      }
    }
    published = rankings;
    bus.publish(Addresses.RANKING, new Ranked(rankings, complete));
  }
}
