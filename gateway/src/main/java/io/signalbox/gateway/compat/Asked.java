package io.signalbox.gateway.compat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for.
 *
 * @param notifications at least one
 * @param allOrNone whether none is taken if one of them has a mistake
 * @param idempotencyKey of the request; null for none
 */
public record Asked(
    List<AskedNotification> notifications, boolean allOrNone, @Nullable String idempotencyKey) {
  /** Copies the list. */
  public Asked {
    notifications = List.copyOf(notifications);
    if (notifications.isEmpty()) {
      throw new IllegalArgumentException("a request that asks for nothing is refused before");
    }
  }
}
