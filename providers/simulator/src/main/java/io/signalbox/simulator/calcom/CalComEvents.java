package io.signalbox.simulator.calcom;

import io.signalbox.simulator.core.Hmac;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.WebUrl;
import io.signalbox.simulator.webhook.DueQueue;
import io.signalbox.simulator.webhook.WebhookCall;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/** Posts what happens to bookings, each event signed. */
final class CalComEvents {
  private record Due(Buffer body) {}

  private final PluginState state;
  private final Hmac hmac;
  private final DueQueue<Due> waiting;

  CalComEvents(PluginState state, String secret) {
    this.state = state;
    this.hmac = new Hmac("HmacSHA256", secret.getBytes(StandardCharsets.UTF_8));
    this.waiting = state.receiptQueue(due -> due.forEach(this::post));
  }

  /** Lets an event be posted in its time, as the booking stands now. */
  void happened(String trigger, SimulatedBooking booking) {
    JsonObject event =
        new JsonObject()
            .put("triggerEvent", trigger)
            .put("createdAt", SimulatedBooking.time(state.clock().instant()))
            .put("payload", booking.toPayload());
    if (!waiting.add(state.settings().receiptDelayMillis(), new Due(event.toBuffer()))) {
      state.webhooks().countDropped();
    }
  }

  void close() {
    waiting.close();
  }

  private void post(Due due) {
    String url = state.settings().webhookUrl();
    if (url != null) {
      Map<String, String> headers =
          Map.of(
              "Content-Type",
              "application/json",
              "X-Cal-Signature-256",
              HexFormat.of().formatHex(hmac.of(due.body.getBytes())),
              "X-Cal-Webhook-Version",
              "2021-10-20");
      WebUrl.parse(url)
          .ifPresent(uri -> state.webhooks().send(new WebhookCall(uri, headers, due.body)));
    }
  }
}
