package io.signalbox.gateway.compat;

import io.signalbox.gateway.model.NotificationId;

/** What became of one notification. */
public sealed interface Taken {

  /**
   * It is stored.
   *
   * @param duplicate whether an earlier request with the same idempotency key stored it
   */
  record Accepted(NotificationId id, boolean duplicate) implements Taken {}

  /** It is not. */
  record Refused(Refusal refusal) implements Taken {}
}
