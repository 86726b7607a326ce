package io.signalbox.gateway.ranking;

import io.signalbox.gateway.ledger.DeliveryNews;
import io.signalbox.gateway.ledger.DeliveryNews.Verdict;
import io.signalbox.gateway.ledger.PastResult;
import io.signalbox.spi.OutcomeKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the runs before this one could hear, judged as {@link Hearing} does while it listens, so
 * that a restart does not blame providers for a silence that was forgiven. Thread-confined.
 */
final class PastHearing {
  private final long silenceMillis;
  private final long lateMillis;
  private final NavigableSet<Long> heardAt = new TreeSet<>();
  private final Set<String> reporting = new HashSet<>();
  private final Map<Long, Set<String>> missing = new HashMap<>();

  /**
   * Makes one that knows of nothing.
   *
   * @param silenceMillis shorter silences are ordinary
   * @param lateMillis in longer ones nobody is blamed
   */
  PastHearing(long silenceMillis, long lateMillis) {
    this.silenceMillis = silenceMillis;
    this.lateMillis = lateMillis;
  }

  /**
   * Learns from attempts, oldest first.
   *
   * @param heard when webhooks brought receipts of anybody, at least the first and the last of each
   *     time in which they came without a silence
   */
  void learn(List<PastResult> results, List<Long> heard) {
    heardAt.addAll(heard);
    for (PastResult result : results) {
      DeliveryNews delivery = result.delivery();
      if (delivery != null && !delivery.lookedUp()) {
        heardAt.add(delivery.heardAtMillis());
      }
      if (delivery != null && delivery.verdict() == Verdict.DELIVERED) {
        reporting.add(result.provider());
      }
    }
    for (PastResult result : results) {
      Long from = heardAt.floor(result.endedAtMillis());
      boolean unheard = result.outcome() == OutcomeKind.SENT && result.delivery() == null;
      if (from != null && unheard && reporting.contains(result.provider())) {
        missing.computeIfAbsent(from, any -> new HashSet<>(2)).add(result.provider());
      }
    }
  }

  /** Whether nothing could be heard of a message that was accepted then, as far as is known. */
  boolean wasDeaf(long acceptedAtMillis) {
    Long from = heardAt.floor(acceptedAtMillis);
    Long to = heardAt.ceiling(acceptedAtMillis);
    if (from == null || to == null) {
      return true;
    }
    long silence = to - from;
    boolean severalMissed = missing.getOrDefault(from, Set.of()).size() > 1;
    return silence >= silenceMillis
        && (severalMissed || reporting.size() == 1 || silence > lateMillis);
  }
}
