package io.signalbox.gateway.model;

import io.signalbox.spi.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Why something is not normal.
 *
 * @param cause what kind of trouble
 * @param channel which channel has it; null if it is the gateway itself
 * @param detail the figures, for operators
 */
public record DegradationReason(DegradationCause cause, @Nullable Channel channel, String detail) {

  /** For people: {@code email: no provider takes work (a: breaker open after HTTP 500)}. */
  public String text() {
    String where = channel == null ? "" : channel.wireName() + ": ";
    return where + cause.words() + " (" + detail + ')';
  }

  /** For logs: {@code email no_usable_provider (a: breaker_open)}. */
  @Override
  public String toString() {
    String where = channel == null ? "" : channel.wireName() + ' ';
    return where + cause.wireName() + " (" + detail + ')';
  }
}
