package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import java.util.List;

/** Takes over notifications that were accepted while the ledger was away. Thread-safe. */
public interface RestoreLedger {

  /**
   * Stores notifications that were accepted elsewhere, each once, however often it is asked for. In
   * the end each id that was given out leads to a notification.
   *
   * @return what became of each, in the same order; fails with {@link LedgerUnavailableException}
   *     if the ledger is away, with another exception if it will never take one of them: then none
   *     was stored
   */
  Future<List<Restored>> restore(List<Restoration> restorations);

  /**
   * A notification to take over.
   *
   * @param request as it was accepted
   * @param spare the id to store it under if another notification has taken the key of its own
   */
  record Restoration(AcceptRequest request, NotificationId spare) {}

  /** What became of a notification that was to be taken over. */
  enum Restored {
    /** It is stored now, and wants to be sent. */
    STORED,
    /** It is stored as failed: its recipient is on the suppression list. */
    SUPPRESSED,
    /** The ledger had it already. */
    KNOWN,
    /** The same request with the same idempotency key was stored before: its id leads there now. */
    DUPLICATE,
    /** Its idempotency key was used before with another request: it is stored as failed. */
    KEY_REUSED
  }
}
