package io.signalbox.gateway.ranking;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.ProvidersLoaded;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ScoringMessages;
import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.bus.ScoringMessages.Load;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.Decision.RankingSnapshot;
import io.signalbox.gateway.ledger.LedgerReports;
import io.signalbox.gateway.ledger.PastResult;
import io.signalbox.scoring.AdjustedPolicy;
import io.signalbox.scoring.Candidate;
import io.signalbox.scoring.CheapestPolicy;
import io.signalbox.scoring.HealthWindow;
import io.signalbox.scoring.Ranker;
import io.signalbox.scoring.Ranking;
import io.signalbox.scoring.ScoreParameters;
import io.signalbox.scoring.ScorePolicy;
import io.signalbox.scoring.WeightedPolicy;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the health windows of all providers and publishes rankings, off the hot path: at once when
 * a provider comes, goes or changes its breaker, and otherwise at an interval if outcomes came in.
 */
public final class ScoringVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ScoringVerticle.class);
  private static final int ID_COUNTER_BITS = 10;

  /** How many past attempts are read at start for each attempt that a window holds. */
  private static final int PAST_RESULTS_FACTOR = 20;

  private final Bus bus;
  private final LedgerReports reports;
  private final GatewayConfig.Scoring settings;
  private final Clock clock;
  private final ScorePolicy policy;
  private final ScoreParameters parameters;
  private final Map<String, ProviderHealth> providers = new HashMap<>();
  private final Map<String, List<PastResult>> past = new HashMap<>();
  private long lastRankingId;
  private boolean changed;
  private boolean complete;

  /** Makes the verticle; nothing happens before it is deployed. */
  public ScoringVerticle(
      Bus bus, LedgerReports reports, GatewayConfig.Scoring settings, Clock clock) {
    this.bus = bus;
    this.reports = reports;
    this.settings = settings;
    this.clock = clock;
    this.policy = policyOf(settings.policy());
    this.parameters =
        ScoreParameters.DEFAULT.with(
            settings.maxResponseTime().toMillis(), settings.minSuccessRate());
  }

  private static ScorePolicy policyOf(String name) {
    return switch (name) {
      case "adjusted" -> new AdjustedPolicy();
      case "cheapest" -> new CheapestPolicy();
      default -> new WeightedPolicy();
    };
  }

  @Override
  public Future<?> start() {
    bus.listen(Addresses.OUTCOMES, Observed.class, this::observe);
    bus.listen(Addresses.PROVIDERS, ProviderState.class, this::update);
    bus.listen(Addresses.LOAD, Load.class, this::load);
    bus.listen(
        Addresses.PROVIDERS_LOADED,
        ProvidersLoaded.class,
        loaded -> {
          complete = true;
          publish();
        });
    // Ends with the verticle's context.
    vertx.setPeriodic(settings.publishInterval().toMillis(), tick -> publishIfChanged());
    return reports
        .recentResults(settings.window() * PAST_RESULTS_FACTOR)
        .onSuccess(this::remember)
        .otherwise(
            failure -> {
              LOG.warn("health begins without history: {}", failure.toString());
              return List.of();
            });
  }

  private void remember(List<PastResult> results) {
    for (PastResult result : results) {
      past.computeIfAbsent(result.provider(), id -> new ArrayList<>()).add(result);
    }
  }

  private void observe(Observed observed) {
    ProviderHealth health = providers.get(observed.provider());
    if (health != null) {
      record(health.window(), observed.outcome(), observed.tookMillis(), observed.endedAtMillis());
      changed = true;
    }
  }

  private static void record(
      HealthWindow window, OutcomeKind outcome, long tookMillis, long endedAtMillis) {
    window.record(ScoringMessages.resultOf(outcome), tookMillis, endedAtMillis);
  }

  private void update(ProviderState state) {
    ProviderHealth known = providers.get(state.provider());
    if (known != null && known.state().generation() > state.generation()) {
      return;
    }
    if (state.stage() == Stage.STOPPED) {
      providers.remove(state.provider());
    } else if (known == null) {
      providers.put(state.provider(), new ProviderHealth(state, windowOf(state.provider())));
    } else {
      known.state(state);
    }
    publish();
  }

  private HealthWindow windowOf(String provider) {
    HealthWindow window = new HealthWindow(settings.window());
    List<PastResult> results = past.remove(provider);
    if (results != null) {
      for (PastResult result : results) {
        record(window, result.outcome(), result.tookMillis(), result.endedAtMillis());
      }
    }
    return window;
  }

  private void load(Load load) {
    load.inFlight()
        .forEach(
            (provider, inFlight) -> {
              ProviderHealth health = providers.get(provider);
              if (health != null) {
                health.inFlight(inFlight);
                changed = true;
              }
            });
  }

  private void publishIfChanged() {
    if (changed) {
      publish();
    }
  }

  private void publish() {
    changed = false;
    Map<Channel, ChannelRanking> rankings = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      List<Candidate> candidates = new ArrayList<>();
      for (ProviderHealth health : providers.values()) {
        if (health.state().channels().contains(channel)) {
          candidates.add(health.candidate());
        }
      }
      if (!candidates.isEmpty()) {
        rankings.put(channel, rank(channel, candidates));
      }
    }
    bus.publish(Addresses.RANKING, new Ranked(rankings, complete));
  }

  private ChannelRanking rank(Channel channel, List<Candidate> candidates) {
    long now = clock.millis();
    lastRankingId = Math.max(lastRankingId + 1, now << ID_COUNTER_BITS);
    Ranking ranking =
        Ranker.rank(lastRankingId, now, channel.wireName(), candidates, policy, parameters);
    return new ChannelRanking(
        ranking, new RankingSnapshot(lastRankingId, RankingJson.write(ranking)));
  }
}
