package io.signalbox.spi.intake;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;

/**
 * Hands notifications to the gateway that runs in the same Vert.x instance.
 *
 * <p>Thread-safe.
 */
public final class Intake {
  /** The event bus address that the gateway listens on. */
  public static final String ADDRESS = "signalbox.intake";

  /** How long a hand-over may take, in milliseconds. It includes the ledger's commit. */
  public static final long TIMEOUT_MILLIS = 10_000;

  private final Vertx vertx;

  /**
   * Makes a door to the gateway of this Vert.x instance.
   *
   * @param vertx the Vert.x instance of the gateway
   */
  public Intake(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Hands over one notification.
   *
   * @param notification what to send
   * @return succeeds once it is stored durably; fails with a {@link
   *     io.vertx.core.eventbus.ReplyException} whose code is the HTTP status that the same mistake
   *     has (422 invalid, 503 too much waiting), or a timeout, after which it may be stored or not
   */
  public Future<Accepted> send(SendNotification notification) {
    return hand(notification);
  }

  /**
   * Hands over one notification whose texts a template gives.
   *
   * @param notification what to send
   * @return as above; 422 too if there is no such template, or its data do not do
   */
  public Future<Accepted> send(TemplatedNotification notification) {
    return hand(notification);
  }

  private Future<Accepted> hand(IntakeRequest notification) {
    DeliveryOptions options =
        new DeliveryOptions().setSendTimeout(TIMEOUT_MILLIS).setLocalOnly(true);
    return vertx.eventBus().<Accepted>request(ADDRESS, notification, options).map(Message::body);
  }
}
