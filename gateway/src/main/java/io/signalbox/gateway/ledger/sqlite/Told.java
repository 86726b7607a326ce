package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.spi.events.NotificationEvent;
import java.util.List;
import java.util.Set;

/**
 * What a change means to applications.
 *
 * @param events to be told once it is committed
 * @param endpoints keys of the callback endpoints that have something to be sent
 */
record Told(List<NotificationEvent> events, Set<Long> endpoints) {
  /** Nothing at all. */
  static final Told NOTHING = new Told(List.of(), Set.of());
}
