package io.signalbox.gateway.intake;

import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.Caller.Allowance;
import org.jspecify.annotations.Nullable;

/**
 * Who hands over notifications.
 *
 * @param subject stored with them; null for co-located verticles
 * @param allowance of the API key; null if there is none
 * @param trace where the request stands in its trace; stored with them
 */
public record Sender(@Nullable String subject, @Nullable Allowance allowance, TraceContext trace) {
  /** A verticle in the same process. */
  public static Sender nearby(TraceContext trace) {
    return new Sender(null, null, trace);
  }

  /** Who calls over HTTP. */
  public static Sender of(Caller caller, TraceContext trace) {
    return new Sender(caller.actor(), caller.allowance(), trace);
  }
}
