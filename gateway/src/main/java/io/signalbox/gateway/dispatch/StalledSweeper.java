package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.ledger.StalledWork;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds work that nobody does, and has it done: attempts past their deadline without an end, open
 * notifications that are in no queue, and those that were kept aside. None of these should be; each
 * is told in the log and counted. Thread-confined.
 */
final class StalledSweeper {
  private static final Logger LOG = LoggerFactory.getLogger(StalledSweeper.class);
  private static final int MOST_AT_ONCE = 500;

  /** Longer than any answer of a provider verticle takes after its deadline. */
  private static final long MARGIN_MILLIS = 10_000;

  private final Ledger ledger;
  private final Workbench bench;
  private final Bookkeeping books;
  private final DispatchMeter meter;
  private final Clock clock;
  private boolean sweeping;

  StalledSweeper(
      Ledger ledger, Workbench bench, Bookkeeping books, DispatchMeter meter, Clock clock) {
    this.ledger = ledger;
    this.bench = bench;
    this.books = books;
    this.meter = meter;
    this.clock = clock;
  }

  /** Looks once; does nothing while the look before is not over. Never fails. */
  Future<Void> sweep() {
    if (sweeping) {
      return Future.succeededFuture();
    }
    sweeping = true;
    List<NotificationId> aside = bench.releaseKeptAside();
    if (!aside.isEmpty()) {
      LOG.warn("{} notifications that were kept aside are tried again", aside.size());
      meter.stalled(Kind.KEPT_ASIDE.wireName, aside.size());
    }
    long before = clock.millis() - MARGIN_MILLIS;
    return ledger
        .stalled(before, MOST_AT_ONCE)
        .map(found -> found.without(bench::holds))
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(found)
                    : ledger.revive(found, before, clock.millis()))
        .onSuccess(this::revived)
        .onFailure(failure -> LOG.warn("stalled work was not looked for: {}", failure.toString()))
        .onComplete(done -> sweeping = false)
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private void revived(StalledWork work) {
    for (AttemptId attempt : work.attempts()) {
      LOG.warn("attempt {} was past its deadline without an end", attempt);
      bench.release(attempt.notification());
    }
    for (NotificationId id : work.notifications()) {
      LOG.warn("notification {} was in no queue", id);
      bench.release(id);
    }
    work.cancelled().forEach(books::cancelledWithAttempt);
    count(Kind.ATTEMPT, work.attempts().size());
    count(Kind.NOTIFICATION, work.notifications().size());
  }

  private void count(Kind kind, int many) {
    if (many > 0) {
      meter.stalled(kind.wireName, many);
    }
  }

  /** What stalls. */
  private enum Kind {
    ATTEMPT("attempt"),
    NOTIFICATION("notification"),
    KEPT_ASIDE("kept_aside");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }
  }
}
