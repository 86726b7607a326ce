package io.signalbox.gateway.ranking;

import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.ledger.ProviderLedger;
import io.signalbox.gateway.ledger.ProviderLedger.HealthRow;
import io.signalbox.gateway.ranking.ProviderHealth.Counts;
import io.signalbox.scoring.HealthSnapshot;
import io.signalbox.scoring.ProviderStatus;
import io.signalbox.scoring.RankedCandidate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private boolean writing;

  HealthJournal(ProviderLedger ledger) {
    this.ledger = ledger;
  }

  /** Writes what has changed since the last time. */
  void write(
      Collection<ProviderHealth> providers, Collection<ChannelRanking> rankings, long nowMillis) {
    if (writing) {
      return;
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
    if (rows.isEmpty()) {
      return;
    }
    writing = true;
    ledger
        .recordHealth(rows)
        .onComplete(
            done -> {
              writing = false;
              rows.forEach(row -> written.put(row.provider(), row));
              written
                  .keySet()
                  .retainAll(providers.stream().map(h -> h.state().provider()).toList());
            },
            failure -> {
              writing = false;
              // Counted with the next row.
              taken.forEach(ProviderHealth::giveBack);
              LOG.debug("the health of providers was not stored: {}", failure.toString());
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
