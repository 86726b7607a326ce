package io.signalbox.spi.events;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.shareddata.LocalMap;
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

  private static final String LISTENED_TO = "listened_to";

  private final Vertx vertx;

  /**
   * Makes a door to the gateway of this Vert.x instance.
   *
   * @param vertx the Vert.x instance of the gateway
   */
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
    marks(vertx).put(LISTENED_TO, true);
    return vertx.eventBus().localConsumer(ADDRESS, message -> handler.accept(message.body()));
  }

  /**
   * {@return whether anybody has ever listened in this Vert.x instance: until then the gateway need
   * not make the events} It never becomes false again. Cheap.
   *
   * @param vertx the Vert.x instance of the gateway
   */
  public static boolean isListenedTo(Vertx vertx) {
    return marks(vertx).containsKey(LISTENED_TO);
  }

  private static LocalMap<String, Boolean> marks(Vertx vertx) {
    return vertx.sharedData().getLocalMap(ADDRESS);
  }
}
