package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import io.signalbox.scoring.FailureKind;
import io.signalbox.spi.OutcomeKind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Attempts, by provider. However many ids of providers come in the life of a gateway, only {@link
 * #MOST} have meters of their own: the rest count together as {@code other}. Thread-safe, and cheap
 * enough for the hot path.
 */
public final class AttemptMeters {
  /** So many providers have meters of their own. */
  static final int MOST = 200;

  private final MeterRegistry registry;
  private final Histogram durations;
  private final Map<String, ProviderMeters> providers = new ConcurrentHashMap<>();
  private final LongAdder ended = new LongAdder();
  private final LongAdder millis = new LongAdder();

  AttemptMeters(MeterRegistry registry, Histograms histograms) {
    this.registry = registry;
    this.durations =
        histograms.seconds(
            "signalbox_attempt_seconds", "How long attempts took", "provider", "outcome");
  }

  private ProviderMeters of(String provider) {
    ProviderMeters known = providers.get(provider);
    return known != null
        ? known
        : providers.computeIfAbsent(
            providers.size() < MOST ? provider : CountersByTag.OTHER,
            id -> new ProviderMeters(registry, durations, id));
  }

  /** A provider is there: its counters begin at 0. */
  public void known(String provider) {
    of(provider);
  }

  /**
   * An attempt to deliver a notification ended; also counts for the provider's breaker by its
   * outcome.
   *
   * @param failure what went wrong; null if nothing did
   */
  public void ended(
      String provider, OutcomeKind outcome, @Nullable FailureKind failure, long tookMillis) {
    ended.increment();
    millis.add(tookMillis);
    of(provider).ended(outcome, failure, tookMillis);
  }

  /**
   * A call of an operation ended. It counts for its provider alone: that operations go on says
   * nothing of whether notifications are delivered, nor how fast.
   *
   * @param failure what went wrong; null if nothing did
   */
  public void called(
      String provider, OutcomeKind outcome, @Nullable FailureKind failure, long tookMillis) {
    of(provider).ended(outcome, failure, tookMillis);
  }

  /** The next provider is tried after this one failed. */
  public void failover(String fromProvider, OutcomeKind outcome) {
    of(fromProvider).failover(outcome);
  }

  /** Another provider is tried, because no receipt has confirmed what this one sent. */
  public void confirmationFailover(String provider) {
    of(provider).confirmationFailover();
  }

  /**
   * A provider was to be asked what became of an attempt.
   *
   * @param answer found, not_found, failed, or not_asked
   */
  public void lookedUp(String provider, String answer) {
    of(provider).lookedUp(answer);
  }

  /** A breaker opened. */
  public void breakerOpened(String provider) {
    of(provider).breakerOpened();
  }

  /** How many attempts have ended since the start. */
  public long ended() {
    return ended.sum();
  }

  /** Mean time of an attempt since the start, in milliseconds; 0 if there was none. */
  public double meanMillis() {
    long count = ended.sum();
    return count == 0 ? 0 : (double) millis.sum() / count;
  }

  /** What a provider did since the start; zeros if nothing. */
  public AttemptTotals totals(String provider) {
    ProviderMeters known = providers.get(provider);
    return known == null ? AttemptTotals.NONE : known.totals();
  }
}
