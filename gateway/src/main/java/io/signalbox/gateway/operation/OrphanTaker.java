package io.signalbox.gateway.operation;

import io.signalbox.gateway.ledger.OrphanLedger;
import io.signalbox.gateway.ledger.OrphanLedger.Found;
import io.signalbox.gateway.ledger.OrphanLedger.Taken;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what is nobody's, so that no operation gets it any more. Used on one context. */
final class OrphanTaker {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanTaker.class);
  private static final int MOST_SIGHTED = 10_000;

  private final OrphanLedger orphans;
  private final OperationMeter meter;
  private final Clock clock;

  /** When each was seen first that may be another's whose attempt is open. */
  private final Map<String, Long> sighted =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_SIGHTED;
        }
      };

  OrphanTaker(OrphanLedger orphans, OperationMeter meter, Clock clock) {
    this.orphans = orphans;
    this.meter = meter;
    this.clock = clock;
  }

  /** More was found of an attempt than its operation has: it is certainly ours. */
  Future<Void> leftOver(Found found) {
    return take(found, Set.of(), true, true).mapEmpty();
  }

  /**
   * Takes something, unless it is known.
   *
   * @param neighbours the providers that may be at the same account
   * @param certain whether it is known to be of that attempt; otherwise it may be of another that
   *     is open, and is taken when that has ended without it
   * @param undo whether it is to be undone; otherwise it is left to a person
   */
  Future<Taken> take(Found found, Set<String> neighbours, boolean certain, boolean undo) {
    long now = clock.millis();
    String name = found.provider() + ' ' + found.providerId();
    long first = sighted.computeIfAbsent(name, unseen -> now);
    return orphans
        .take(found, neighbours, certain, undo, first, now)
        .onSuccess(
            taken -> {
              if (taken != Taken.LATER) {
                sighted.remove(name);
              }
              if (taken == Taken.TAKEN) {
                tell(found, undo);
              }
            });
  }

  private void tell(Found found, boolean undo) {
    LOG.warn(
        "{} at {} is nobody's and was made by {}: it is {}",
        found.providerId(),
        found.provider(),
        found.operation().attemptId(found.attempt()),
        undo ? "undone" : "left to a person, for the account is shared");
    if (!undo) {
      meter.orphaned(found.operation().kind());
    }
  }
}
