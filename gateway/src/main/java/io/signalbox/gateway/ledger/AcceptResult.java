package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;

/** What became of an {@link AcceptRequest}. */
public sealed interface AcceptResult {

  /** Stored durably under the id asked for. */
  record Stored(NotificationId id) implements AcceptResult {}

  /**
   * Stored durably as failed: every channel that it may take is closed to its recipient.
   *
   * @param reason why the channel asked for is closed
   */
  record Suppressed(NotificationId id, SuppressionReason reason) implements AcceptResult {}

  /** Stored durably beside the ledger, which is away, and takes it over later under that id. */
  record Spooled(NotificationId id) implements AcceptResult {}

  /** Not stored: the same request with the same idempotency key was stored before. */
  record Duplicate(NotificationId id, NotificationState state) implements AcceptResult {}

  /** Not stored: the idempotency key was used before, with another request. */
  record KeyReused(NotificationId id) implements AcceptResult {}
}
