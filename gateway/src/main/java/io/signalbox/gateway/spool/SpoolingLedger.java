package io.signalbox.gateway.spool;

import io.signalbox.gateway.ledger.AcceptLedger;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.RepeatedRequest;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Accepts into the ledger, and into the spool while the ledger is away. What the ledger was asked
 * to store and did not answer may be stored there all the same: it goes into the spool under the
 * same id, so that the ledger recognises it later. Thread-safe.
 */
final class SpoolingLedger implements AcceptLedger {
  private final AcceptLedger ledger;
  private final SpoolStore spool;
  private final SpoolSwitch way;
  private final long patienceNanos;
  private final LongSupplier nanos;

  // Of looks only, which come one after the other.
  private volatile long lookedNanos;
  private volatile long awakeNanos;

  /** Bounded by how many changes may wait for the ledger. */
  private final Set<WaitingAccept> waiting = ConcurrentHashMap.newKeySet();

  /**
   * Makes it.
   *
   * @param patienceNanos how long an answer of the ledger is waited for
   * @param nanos a monotonic clock
   */
  SpoolingLedger(
      AcceptLedger ledger,
      SpoolStore spool,
      SpoolSwitch way,
      long patienceNanos,
      LongSupplier nanos) {
    this.ledger = ledger;
    this.spool = spool;
    this.way = way;
    this.patienceNanos = patienceNanos;
    this.nanos = nanos;
    this.lookedNanos = nanos.getAsLong();
    this.awakeNanos = lookedNanos;
  }

  @Override
  public Future<AcceptResult> accept(AcceptRequest request) {
    return acceptAll(List.of(request)).map(results -> results.get(0));
  }

  @Override
  public Future<List<AcceptResult>> acceptAll(List<AcceptRequest> requests) {
    if (way.isSpooling()) {
      return spool.add(requests);
    }
    WaitingAccept accept = new WaitingAccept(requests, nanos.getAsLong());
    waiting.add(accept);
    if (way.isSpooling()) {
      // Who turned the switch meanwhile may have missed it.
      spool(accept, false);
      return accept.future();
    }
    ledger
        .acceptAll(requests)
        .onComplete(results -> answered(accept, results), failure -> failed(accept, failure));
    return accept.future();
  }

  /** What is in the spool is not in the ledger yet, and the other way round. */
  @Override
  public Future<List<Optional<AcceptResult>>> earlier(List<RepeatedRequest> requests) {
    return spool.earlier(requests).compose(found -> inLedger(requests, found));
  }

  private Future<List<Optional<AcceptResult>>> inLedger(
      List<RepeatedRequest> requests, List<Optional<AcceptResult>> inSpool) {
    if (inSpool.stream().allMatch(Optional::isPresent)) {
      return Future.succeededFuture(inSpool);
    }
    if (way.isSpooling()) {
      return Future.failedFuture(
          new LedgerUnavailableException("the ledger is away and may know the idempotency key"));
    }
    return ledger
        .earlier(requests)
        .map(
            found -> {
              List<Optional<AcceptResult>> both = new ArrayList<>(found.size());
              for (int i = 0; i < found.size(); i++) {
                Optional<AcceptResult> spooled = inSpool.get(i);
                both.add(spooled.isPresent() ? spooled : found.get(i));
              }
              return both;
            });
  }

  private void answered(WaitingAccept accept, List<AcceptResult> results) {
    waiting.remove(accept);
    if (accept.claim()) {
      accept.answer(results);
    }
  }

  private void failed(WaitingAccept accept, Throwable failure) {
    waiting.remove(accept);
    if (!(failure instanceof LedgerUnavailableException unavailable) || unavailable.isBusy()) {
      if (accept.claim()) {
        accept.fail(failure);
      }
      return;
    }
    spoolAll(failure);
    spool(accept, true);
  }

  /**
   * Waits no longer for a ledger that gives no answer; called at short intervals. If it was not,
   * this process stood still, and answers may wait to be read: they get the whole time once more.
   */
  void look() {
    long now = nanos.getAsLong();
    if (now - lookedNanos > patienceNanos / 2) {
      awakeNanos = now;
    }
    lookedNanos = now;
    if (now - awakeNanos <= patienceNanos) {
      return;
    }
    List<WaitingAccept> late =
        waiting.stream().filter(accept -> accept.isOlderThan(patienceNanos, now)).toList();
    if (!late.isEmpty()) {
      spoolAll(new LedgerUnavailableException("it gives no answer"));
      // Also those that were given to the ledger before the switch was last turned.
      late.forEach(accept -> spool(accept, true));
    }
  }

  /** The others would be waited for just as long. */
  private void spoolAll(Throwable why) {
    if (way.spool(why)) {
      waiting.forEach(accept -> spool(accept, true));
    }
  }

  /**
   * Takes what waits away from the ledger.
   *
   * @param asked whether the ledger was asked to store it
   */
  private void spool(WaitingAccept accept, boolean asked) {
    if (accept.claim()) {
      waiting.remove(accept);
      spool.add(accept.requests(), asked).onComplete(accept::answer, accept::fail);
    }
  }
}
