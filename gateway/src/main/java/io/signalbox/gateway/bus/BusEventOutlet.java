package io.signalbox.gateway.bus;

import io.signalbox.gateway.bus.CallbackMessages.CallbacksDue;
import io.signalbox.gateway.bus.ScoringMessages.Deliveries;
import io.signalbox.gateway.ledger.DeliveryNews;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.spi.events.EventStream;
import io.signalbox.spi.events.NotificationEvent;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes events to co-located verticles, by reference. Thread-safe. */
final class BusEventOutlet implements EventOutlet {
  private static final Logger LOG = LoggerFactory.getLogger(BusEventOutlet.class);

  private final Vertx vertx;
  private final DeliveryOptions local;

  BusEventOutlet(Vertx vertx, DeliveryOptions local) {
    this.vertx = vertx;
    this.local = local;
  }

  @Override
  public boolean isWanted() {
    return EventStream.isListenedTo(vertx);
  }

  @Override
  public void tell(List<NotificationEvent> events) {
    safely(() -> events.forEach(event -> vertx.eventBus().publish(Addresses.EVENTS, event, local)));
  }

  @Override
  public void judge(List<DeliveryNews> news) {
    Deliveries deliveries = new Deliveries(news);
    safely(() -> vertx.eventBus().publish(Addresses.DELIVERIES, deliveries, local));
  }

  @Override
  public void ring(Set<Long> endpoints) {
    CallbacksDue due = new CallbacksDue(endpoints);
    safely(() -> vertx.eventBus().publish(Addresses.CALLBACKS_DUE, due, local));
  }

  /** While the gateway stops, its event loops may be gone. */
  private static void safely(Runnable publish) {
    try {
      publish.run();
    } catch (RuntimeException e) {
      LOG.warn("events of a commit were not told on the event bus: {}", e.toString());
    }
  }
}
