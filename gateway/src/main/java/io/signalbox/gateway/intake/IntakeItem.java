package io.signalbox.gateway.intake;

import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.buffer.Buffer;

/**
 * A checked notification with the JSON object that it was read from, which is what is stored.
 *
 * @param notification what is asked for
 * @param content its JSON object
 */
public record IntakeItem(SendNotification notification, Buffer content) {}
