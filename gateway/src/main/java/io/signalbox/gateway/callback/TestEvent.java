package io.signalbox.gateway.callback;

import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.EventTypes;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.events.NotificationEvent;
import java.time.Instant;

/** What a person sends to try an endpoint out. */
final class TestEvent {
  private TestEvent() {}

  static NotificationEvent of(CallbackEndpoint endpoint, NotificationId id, Instant now) {
    return new NotificationEvent(
        "evt_" + id,
        EventTypes.CALLBACK_TEST,
        endpoint.tenant(),
        endpoint.id().toString(),
        null,
        null,
        null,
        null,
        null,
        "test",
        ReasonClass.NONE,
        null,
        null,
        null,
        now,
        now);
  }
}
