package io.signalbox.gateway.notification;

import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.buffer.Buffer;

/**
 * Turns a notification into its stored form and back: the JSON object of the API. What intake read
 * from an application is stored as it came.
 */
public interface NotificationCodec {

  /** The JSON object of a notification that did not come as JSON. */
  Buffer write(SendNotification notification);

  /**
   * Reads a stored notification. It is not checked again against the clock.
   *
   * @param content the stored JSON object
   * @param tenant its tenant, which the JSON object does not hold
   * @param acceptedAtMillis when it was accepted: {@code ttl_seconds} counts from there
   * @throws IllegalArgumentException if the content is not one that this gateway has stored
   */
  SendNotification read(Buffer content, String tenant, long acceptedAtMillis);
}
