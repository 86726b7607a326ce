package io.signalbox.gateway.spool;

import io.signalbox.gateway.ledger.AcceptLedger;
import io.signalbox.gateway.ledger.NotificationReports;
import io.signalbox.gateway.ledger.Resealing;
import io.signalbox.gateway.ledger.SpoolLedger;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * The open file of a spool: a small ledger.
 *
 * @param accept stores in it
 * @param contents what is in it
 * @param reports what is known of each
 * @param resealing seals it anew
 * @param closing closes it
 */
public record SpoolFile(
    AcceptLedger accept,
    SpoolLedger contents,
    NotificationReports reports,
    Resealing resealing,
    Supplier<Future<Void>> closing) {

  /** Ends what was asked of it, then closes it. */
  Future<Void> close() {
    return closing.get();
  }
}
