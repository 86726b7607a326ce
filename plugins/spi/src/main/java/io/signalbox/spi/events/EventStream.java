package io.signalbox.spi.events;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/**
 * Hears of every event of the gateway that runs in the same Vert.x instance, once it is stored
 * durably. An event that nobody listens to at that moment is gone: what must not be missed is asked
 * for as a callback.
 *
 * <p>Thread-safe.
 */
public final class EventStream {
  /** The event bus address that the gateway publishes on. */
  public static final String ADDRESS = "signalbox.events";

  private final Vertx vertx;

  /** Makes a door to the gateway of this Vert.x instance. */
  public EventStream(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Listens.
   *
   * @param handler called on the caller's context; must not block
   * @return to be unregistered when no more events are wanted; a verticle's undeployment does so
   */
  public MessageConsumer<NotificationEvent> listen(Consumer<NotificationEvent> handler) {
    return vertx.eventBus().localConsumer(ADDRESS, message -> handler.accept(message.body()));
  }
}
