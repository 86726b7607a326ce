package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.DeliveryNews;
import io.signalbox.spi.events.NotificationEvent;
import java.util.List;
import java.util.Set;

/**
 * What a change means to applications, and to scoring.
 *
 * @param events to be told once it is committed
 * @param deliveries what receipts say of providers
 * @param endpoints keys of the callback endpoints that have something to be sent
 */
record Told(List<NotificationEvent> events, List<DeliveryNews> deliveries, Set<Long> endpoints) {
  /** Nothing at all. */
  static final Told NOTHING = new Told(List.of(), List.of(), Set.of());

  /** Whether there is nobody to be told of anything. */
  boolean isNothing() {
    return events.isEmpty() && deliveries.isEmpty() && endpoints.isEmpty();
  }
}
