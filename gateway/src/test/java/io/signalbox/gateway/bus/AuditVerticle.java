package io.signalbox.gateway.bus;

import io.signalbox.spi.events.EventStream;
import io.signalbox.spi.events.NotificationEvent;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Consumer;

/** A co-located application, as docs/event-bus.md shows it. */
final class AuditVerticle extends VerticleBase {
  private final Consumer<NotificationEvent> audit;

  AuditVerticle(Consumer<NotificationEvent> audit) {
    this.audit = audit;
  }

  @Override
  public Future<?> start() {
    return new EventStream(vertx)
        .listen(
            event -> {
              if (event.type().equals(NotificationEvent.NOTIFICATION + "failed")) {
                audit.accept(event);
              }
            })
        .completion();
  }
}
