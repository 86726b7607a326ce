package io.signalbox.gateway.ranking;

import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.ledger.ProviderLedger;
import io.signalbox.gateway.ledger.ProviderLedger.HealthRow;
import io.signalbox.gateway.ranking.ProviderHealth.Counts;
import io.signalbox.scoring.HealthSnapshot;
import io.signalbox.scoring.ProviderStatus;
import io.signalbox.scoring.RankedCandidate;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the table of providers' health up to date, off the hot path. What did not change is written
 * once a minute, so that an idle gateway leaves the disk alone. Thread-confined.
 */
final class HealthJournal {
  private static final Logger LOG = LoggerFactory.getLogger(HealthJournal.class);
  private static final long IDLE_MILLIS = 60_000;
  private static final double PERCENT = 100;
  private static final double HUNDREDTHS = 100;

  private final ProviderLedger ledger;
  private final Map<String, HealthRow> written = new HashMap<>();
  private Future<Void> writing = Future.succeededFuture();

  /** Who was told to be there; null before anything was told in this run. */
  private @Nullable Set<String> present;

  /** When that is to be told again, since other nodes come and go. */
  private long againAtMillis = Long.MAX_VALUE;

  HealthJournal(ProviderLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * Writes what has changed since the last time, unless that is still being written. Completes when
   * it is stored; also if it cannot be, and is kept for the next time then.
   */
  Future<Void> write(
      Collection<ProviderHealth> providers, Collection<ChannelRanking> rankings, long nowMillis) {
    if (!writing.isComplete()) {
      return writing;
    }
    Map<ProviderHealth, Counts> taken = new HashMap<>();
    List<HealthRow> rows = new ArrayList<>();
    for (ProviderHealth health : providers) {
      HealthRow row = row(health, rankings, nowMillis);
      if (isWorthWriting(row)) {
        taken.put(health, health.takeCounts());
        rows.add(row);
      }
    }
    if (!rows.isEmpty()) {
      writing =
          ledger
              .recordHealth(rows)
              .onSuccess(done -> rows.forEach(row -> written.put(row.provider(), row)))
              .recover(
                  failure -> {
                    // Counted with the next row.
                    taken.forEach(ProviderHealth::giveBack);
                    LOG.debug("the health of providers was not stored: {}", failure.toString());
                    return Future.succeededFuture();
                  });
    }
    return writing;
  }

  /** The last time: waits for what is being written, and writes what has changed since. */
  Future<Void> close(
      Collection<ProviderHealth> providers, Collection<ChannelRanking> rankings, long nowMillis) {
    return writing.compose(done -> write(providers, rankings, nowMillis));
  }

  /**
   * Lets the rows of all others say that they cannot be used, those too that a run before has left.
   * Called as often as one likes, and when all providers of the start are known.
   */
  void keepOnly(Set<String> providers, long nowMillis) {
    if (!writing.isComplete() || (providers.equals(present) && nowMillis < againAtMillis)) {
      return;
    }
    Set<String> now = Set.copyOf(providers);
    written.keySet().retainAll(now);
    writing =
        ledger
            .recordAbsent(now, nowMillis)
            .<Void>map(
                holds -> {
                  present = now;
                  againAtMillis = holds ? Long.MAX_VALUE : nowMillis + IDLE_MILLIS;
                  return null;
                })
            .recover(
                failure -> {
                  LOG.debug("removed providers were not marked: {}", failure.toString());
                  return Future.succeededFuture();
                });
  }

  private boolean isWorthWriting(HealthRow row) {
    HealthRow before = written.get(row.provider());
    return before == null
        || row.successes() + row.failures() > 0
        || !row.status().equals(before.status())
        || row.checkedAtMillis() - before.checkedAtMillis() >= IDLE_MILLIS;
  }

  private static HealthRow row(
      ProviderHealth health, Collection<ChannelRanking> rankings, long nowMillis) {
    HealthSnapshot snapshot = health.snapshot();
    Counts counts = health.counts();
    String provider = health.state().provider();
    return new HealthRow(
        provider,
        status(provider, rankings),
        rounded(PERCENT * snapshot.successRate()),
        rounded(snapshot.averageResponseMillis()),
        counts.successes(),
        counts.failures(),
        Math.max(0, snapshot.lastSuccessAtMillis()),
        Math.max(0, snapshot.lastFailureAtMillis()),
        nowMillis);
  }

  /** The worst of its channels: a channel may ask for more than another. */
  private static String status(String provider, Collection<ChannelRanking> rankings) {
    ProviderStatus worst = ProviderStatus.HEALTHY;
    for (ChannelRanking ranking : rankings) {
      RankedCandidate candidate = ranking.ranking().find(provider);
      if (candidate != null && candidate.status().compareTo(worst) > 0) {
        worst = candidate.status();
      }
    }
    return worst.name().toLowerCase(Locale.ROOT);
  }

  private static double rounded(double value) {
    return Math.round(value * HUNDREDTHS) / HUNDREDTHS;
  }
}
