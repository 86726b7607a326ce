package io.signalbox.gateway.ranking;

import io.signalbox.gateway.bus.HealthMessages.HealthElsewhere;
import io.signalbox.gateway.bus.HealthMessages.HealthNews;
import io.signalbox.gateway.bus.HealthMessages.HealthSlice;
import io.signalbox.gateway.bus.ProviderMessages.ProviderReset;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ScoringMessages.Deliveries;
import io.signalbox.gateway.bus.ScoringMessages.Load;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.DeliveryNews;
import io.signalbox.gateway.ledger.PastResult;
import io.signalbox.scoring.AttemptEnd;
import io.signalbox.scoring.Candidate;
import io.signalbox.spi.Channel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What scoring knows of all providers: the newest generation of each, and what came of its work.
 * Thread-confined.
 */
final class HealthBook {
  private final GatewayConfig.Scoring settings;
  private final Map<String, ProviderHealth> providers = new HashMap<>();
  private final Map<String, List<PastResult>> past = new HashMap<>();
  private final Hearing hearing;
  private final PastHearing pastHearing;
  private final AttemptIds ids;

  /** What other nodes are to be told of each provider; null if there are none. */
  private @Nullable Map<String, HealthGatherer> gathered;

  private boolean changed;

  /**
   * Makes an empty one.
   *
   * @param random tells this run of this node apart from others
   */
  HealthBook(GatewayConfig.Scoring settings, long random) {
    this.settings = settings;
    this.ids = new AttemptIds(random);
    long silence = settings.lateAfterMin().toMillis();
    this.hearing = new Hearing(silence);
    this.pastHearing =
        new PastHearing(silence, Math.max(silence, settings.lateAfterMax().toMillis()));
  }

  /**
   * Keeps what a run before has seen until its providers come.
   *
   * @param heard as of {@link PastHearing#learn}
   */
  void remember(List<PastResult> results, List<Long> heard) {
    pastHearing.learn(results, heard);
    for (PastResult result : results) {
      hearing.listenedUntil(result.endedAtMillis());
      past.computeIfAbsent(result.provider(), id -> new ArrayList<>()).add(result);
    }
  }

  void observe(Observed observed) {
    ProviderHealth health = known(observed.provider());
    if (health != null) {
      AttemptEnd end = health.ended(observed);
      if (gathered != null) {
        gatherer(gathered, observed.provider()).ended(observed, end);
      }
    }
  }

  void hear(Deliveries deliveries) {
    hearing.heard(deliveries.news(), providers.values());
    for (DeliveryNews news : deliveries.news()) {
      ProviderHealth health = known(news.provider());
      if (health != null) {
        health.heard(news);
      }
      if (health != null && gathered != null) {
        gatherer(gathered, news.provider()).heard(news);
      }
    }
  }

  private HealthGatherer gatherer(Map<String, HealthGatherer> all, String provider) {
    return all.computeIfAbsent(provider, id -> new HealthGatherer(settings.window()));
  }

  /** Begins to gather what other nodes are to be told. */
  void share() {
    gathered = new HashMap<>();
  }

  /** What other nodes are to be told since the last time. */
  HealthNews takeNews() {
    List<HealthSlice> slices = new ArrayList<>();
    if (gathered == null) {
      return new HealthNews(slices);
    }
    gathered.forEach(
        (provider, gatherer) -> {
          HealthSlice slice = gatherer.take(provider);
          if (slice != null) {
            slices.add(slice);
          }
        });
    gathered.keySet().retainAll(providers.keySet());
    return new HealthNews(slices);
  }

  /** What another node learned. */
  void elsewhere(HealthElsewhere elsewhere) {
    for (HealthSlice slice : elsewhere.slices()) {
      hearing.heard(slice.news(), providers.values());
      ProviderHealth health = known(slice.provider());
      if (health != null) {
        health.elsewhere(slice);
      }
    }
  }

  /** What other nodes hear reaches this one from now on, or does so no more. */
  void connected(boolean connected, long nowMillis) {
    if (!connected) {
      hearing.cutOff(nowMillis);
    } else {
      hearing.rejoined(providers.values(), nowMillis);
    }
    changed = true;
  }

  void load(Load load) {
    load.inFlight()
        .forEach(
            (provider, inFlight) -> {
              ProviderHealth health = known(provider);
              if (health != null) {
                health.inFlight(inFlight);
              }
            });
  }

  private @Nullable ProviderHealth known(String provider) {
    ProviderHealth health = providers.get(provider);
    changed |= health != null;
    return health;
  }

  /** A provider came, changed or went; false if that was of an older generation. */
  boolean update(ProviderState state) {
    ProviderHealth known = providers.get(state.provider());
    if (known != null && known.state().generation() > state.generation()) {
      return false;
    }
    if (state.stage() == Stage.STOPPED) {
      providers.remove(state.provider());
    } else if (known == null) {
      providers.put(state.provider(), healthOf(state));
    } else {
      known.state(state);
    }
    return true;
  }

  private ProviderHealth healthOf(ProviderState state) {
    ProviderHealth health = new ProviderHealth(state, settings, ids);
    List<PastResult> results = past.remove(state.provider());
    if (results != null) {
      // Nothing has been heard in this run yet by whoever comes up with it.
      results.forEach(result -> health.remember(result, hearing.lastMillis(), pastHearing));
    }
    return health;
  }

  /** An operator gave it a fresh start. */
  void reset(ProviderReset reset, long nowMillis) {
    ProviderHealth health = known(reset.provider());
    if (health != null) {
      long at = ids.mark(nowMillis);
      health.reset(at);
      if (gathered != null) {
        gatherer(gathered, reset.provider()).reset(at);
      }
    }
  }

  /** Whether anything was heard since this was asked last. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  List<Candidate> candidates(Channel channel, long nowMillis) {
    List<Candidate> candidates = new ArrayList<>();
    long judgedAt = hearing.judgedAtMillis(providers.values(), nowMillis);
    for (ProviderHealth health : providers.values()) {
      if (health.state().channels().contains(channel)) {
        candidates.add(health.candidate(channel, judgedAt));
      }
    }
    return candidates;
  }

  /** The ids of all providers. */
  Set<String> ids() {
    return providers.keySet();
  }

  Collection<ProviderHealth> all() {
    return providers.values();
  }
}
