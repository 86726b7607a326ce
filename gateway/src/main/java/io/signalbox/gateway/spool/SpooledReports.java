package io.signalbox.gateway.spool;

import io.signalbox.gateway.ledger.Cancellation;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.NotificationReports;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Knows, too, the notifications that are in the spool and not in the ledger yet. Thread-safe. */
final class SpooledReports implements NotificationReports {
  private static final String REASON = "spooled";

  private final NotificationReports ledger;
  private final NotificationReports spool;
  private final BooleanSupplier anySpooled;

  /**
   * Makes it.
   *
   * @param anySpooled whether anything is in the spool; while nothing is, it is not asked
   */
  SpooledReports(
      NotificationReports ledger, NotificationReports spool, BooleanSupplier anySpooled) {
    this.ledger = ledger;
    this.spool = spool;
    this.anySpooled = anySpooled;
  }

  @Override
  public Future<Optional<Timeline>> timeline(String tenant, NotificationId id) {
    return spooled(tenant, id)
        .compose(
            found ->
                found.isPresent() ? Future.succeededFuture(found) : ledger.timeline(tenant, id));
  }

  @Override
  public Future<Cancellation> cancel(String tenant, NotificationId id, long nowMillis) {
    boolean any = anySpooled.getAsBoolean();
    return ledger
        .cancel(tenant, id, nowMillis)
        .compose(
            result ->
                any && result.kind() == Cancellation.Kind.NO_SUCH
                    ? spool
                        .timeline(tenant, id)
                        .compose(found -> again(tenant, id, nowMillis, found.isPresent()))
                    : Future.succeededFuture(result));
  }

  /** What is not in the spool any more may have come into the ledger since that was asked. */
  private Future<Cancellation> again(
      String tenant, NotificationId id, long nowMillis, boolean spooled) {
    return spooled
        ? Future.failedFuture(
            new LedgerUnavailableException("the ledger has not taken over the notification yet"))
        : ledger.cancel(tenant, id, nowMillis);
  }

  private Future<Optional<Timeline>> spooled(String tenant, NotificationId id) {
    return anySpooled.getAsBoolean()
        ? spool.timeline(tenant, id).map(found -> found.map(SpooledReports::marked))
        : Future.succeededFuture(Optional.empty());
  }

  private static Timeline marked(Timeline t) {
    return new Timeline(
        t.id(),
        t.tenant(),
        t.content(),
        t.state(),
        REASON,
        t.round(),
        t.acceptedAtMillis(),
        t.updatedAtMillis(),
        t.dueAtMillis(),
        t.subject(),
        t.trace(),
        t.attempts(),
        t.receipts(),
        t.events());
  }
}
