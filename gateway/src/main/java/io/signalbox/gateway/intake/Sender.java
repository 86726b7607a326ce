package io.signalbox.gateway.intake;

import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.Caller.Allowance;
import org.jspecify.annotations.Nullable;

/**
 * Who hands over notifications.
 *
 * @param subject stored with them; null for co-located verticles
 * @param allowance of the API key; null if there is none
 */
public record Sender(@Nullable String subject, @Nullable Allowance allowance) {
  /** A verticle in the same process. */
  public static final Sender NEARBY = new Sender(null, null);

  /** Who calls over HTTP. */
  public static Sender of(Caller caller) {
    return new Sender(caller.actor(), caller.allowance());
  }
}
