package io.signalbox.gateway.degradation;

import io.signalbox.gateway.bus.HealthMessages.EndCount;
import io.signalbox.gateway.bus.HealthMessages.HealthSlice;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.ledger.FailureMetric;
import io.signalbox.scoring.AttemptResult;
import io.signalbox.scoring.FailureDetector;
import io.signalbox.scoring.FailureKind;
import io.signalbox.scoring.FailureReport;
import io.signalbox.scoring.RollingCounts;
import io.signalbox.spi.Channel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Feeds a failure detector for each provider, and the last minute of each channel, from outcomes.
 * Knows only providers that were announced, so that its memory is bounded by them. Thread-confined.
 */
final class FailureWatch {
  private static final long MINUTE_MILLIS = 60_000;

  private final Map<String, OfProvider> providers = new HashMap<>();
  private final Map<Channel, RollingCounts> channels = new EnumMap<>(Channel.class);
  private long windowStartMillis;

  FailureWatch(long nowMillis) {
    this.windowStartMillis = nowMillis;
    for (Channel channel : Channel.values()) {
      channels.put(channel, new RollingCounts(MINUTE_MILLIS));
    }
  }

  /** A provider exists. */
  void add(String provider) {
    providers.computeIfAbsent(provider, id -> new OfProvider());
  }

  /** A provider is gone. */
  void remove(String provider) {
    providers.remove(provider);
  }

  /** An operator has reset a provider: its last minute is forgotten. */
  void reset(String provider) {
    OfProvider known = providers.get(provider);
    if (known != null) {
      known.forget();
    }
  }

  void observe(Observed observed) {
    AttemptResult result = observed.result();
    OfProvider known = providers.get(observed.provider());
    if (known != null) {
      known.detector.record(result, observed.failure(), observed.endedAtMillis());
      known.tally.count(result, observed.failure());
      known.remember(observed);
    }
    ofChannel(observed.channel()).record(result, observed.endedAtMillis());
  }

  /**
   * What another node learned counts for the grades of providers, not for this gateway's own work
   * and records.
   */
  void elsewhere(HealthSlice slice, long nowMillis) {
    OfProvider known = providers.get(slice.provider());
    if (known == null) {
      return;
    }
    if (slice.resetAtMillis() > 0) {
      known.forget();
    }
    for (EndCount ended : slice.counts()) {
      known.detector.recordPast(
          ended.result(),
          ended.failure(),
          ended.count(),
          TimeUnit.SECONDS.toMillis(ended.second()),
          nowMillis);
    }
  }

  /** The last minute of a channel, over all providers. */
  RollingCounts ofChannel(Channel channel) {
    RollingCounts counts = channels.get(channel);
    if (counts == null) {
      throw new IllegalStateException("no counts for " + channel);
    }
    return counts;
  }

  /** The last minute of every provider. */
  Map<String, FailureReport> reports(long nowMillis) {
    Map<String, FailureReport> reports = new HashMap<>();
    providers.forEach((id, known) -> reports.put(id, known.detector.report(nowMillis)));
    return reports;
  }

  /** Of every provider, by the way of failing, the last attempt here that failed so. */
  Map<String, Map<FailureKind, LastFailure>> lastFailures() {
    Map<String, Map<FailureKind, LastFailure>> last = new HashMap<>();
    providers.forEach((id, known) -> last.put(id, Map.copyOf(known.last)));
    return last;
  }

  /** What was counted since the last call, of each provider that had anything to count. */
  List<FailureMetric> takeWindow(long nowMillis) {
    List<FailureMetric> window = new ArrayList<>();
    providers.forEach(
        (id, known) -> {
          if (!known.tally.isEmpty()) {
            window.add(
                known.tally.take(
                    id, windowStartMillis, nowMillis, known.detector.report(nowMillis).severity()));
          }
        });
    windowStartMillis = nowMillis;
    return window;
  }

  /** Takes back what could not be stored: the next window begins where this one did. */
  void giveBack(List<FailureMetric> window) {
    for (FailureMetric metric : window) {
      windowStartMillis = Math.min(windowStartMillis, metric.windowStartMillis());
      OfProvider known = providers.get(metric.provider());
      if (known != null) {
        known.tally.giveBack(metric);
      }
    }
  }

  private static final class OfProvider {
    private final FailureDetector detector = new FailureDetector();
    private final FailureTally tally = new FailureTally();
    private final Map<FailureKind, LastFailure> last = new EnumMap<>(FailureKind.class);

    void remember(Observed observed) {
      FailureKind kind = observed.failure();
      if (kind != null) {
        last.put(kind, LastFailure.of(kind, observed.evidence(), observed.endedAtMillis()));
      }
    }

    void forget() {
      detector.reset();
      last.clear();
    }
  }
}
