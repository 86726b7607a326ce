package io.signalbox.gateway.ledger;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.events.NotificationEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is told of callback endpoints themselves, and of no notification. Pure functions. */
public final class CallbackEvents {
  private CallbackEvents() {}

  /** What a person sends to try an endpoint out. */
  public static NotificationEvent test(CallbackEndpoint endpoint, String eventId, Instant at) {
    return about(endpoint, eventId, EventTypes.CALLBACK_TEST, "test", null, at);
  }

  /**
   * That an endpoint gets no more events.
   *
   * @param endpoint as it is now, disabled
   * @param reason why: a short lower-case word
   */
  public static NotificationEvent disabled(CallbackEndpoint endpoint, String reason) {
    long atMillis = endpoint.disabledAtMillis();
    String eventId = EventIds.ofCallback(endpoint.id(), "disabled", atMillis);
    Instant at = Instant.ofEpochMilli(atMillis);
    return about(endpoint, eventId, EventTypes.CALLBACK_DISABLED, "disabled", reason, at);
  }

  private static NotificationEvent about(
      CallbackEndpoint endpoint,
      String eventId,
      String type,
      String status,
      @Nullable String reason,
      Instant at) {
    return new NotificationEvent(
        eventId,
        type,
        endpoint.tenant(),
        endpoint.id().toString(),
        null,
        null,
        null,
        null,
        null,
        status,
        ReasonClass.NONE,
        null,
        reason,
        null,
        at,
        at);
  }
}
