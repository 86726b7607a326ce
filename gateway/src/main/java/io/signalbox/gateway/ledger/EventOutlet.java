package io.signalbox.gateway.ledger;

import io.signalbox.spi.events.NotificationEvent;
import java.util.List;
import java.util.Set;

/**
 * Where a ledger tells what its committed changes mean to applications, and to scoring. Called on
 * the ledger's own thread: must not block and must not throw.
 */
public interface EventOutlet {
  /** Tells nobody. */
  EventOutlet NONE =
      new EventOutlet() {
        @Override
        public boolean isWanted() {
          return false;
        }

        @Override
        public void tell(List<NotificationEvent> events) {
          // Nobody listens.
        }

        @Override
        public void judge(List<DeliveryNews> news) {
          // Nobody scores.
        }

        @Override
        public void ring(Set<Long> endpoints) {
          // Nobody sends.
        }
      };

  /** Whether anybody listens; asked for every change, so that nothing is made for nobody. */
  boolean isWanted();

  /** Tells the events of a commit, in the order of its changes. */
  void tell(List<NotificationEvent> events);

  /** Tells what the receipts of a commit say of the providers' deliveries. */
  void judge(List<DeliveryNews> news);

  /** Rings for callback endpoints, by their keys, that have something due since a commit. */
  void ring(Set<Long> endpoints);
}
