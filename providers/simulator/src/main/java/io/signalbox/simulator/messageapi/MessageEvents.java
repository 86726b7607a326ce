package io.signalbox.simulator.messageapi;

import io.signalbox.simulator.core.Hmac;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.WebUrl;
import io.signalbox.simulator.webhook.DueQueue;
import io.signalbox.simulator.webhook.WebhookCall;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Moves messages on and posts each event, signed, as a list of one. */
final class MessageEvents {
  private static final long DELIVERY_MILLIS = 60;
  private static final String SIGNATURE_HEADER = "X-Signature";

  private record Due(String messageId, IncomingMessage message, String status) {}

  private final PluginState state;
  private final Hmac hmac;
  private final DueQueue<Due> waiting;

  MessageEvents(MessageApiAccount account, PluginState state) {
    this.state = state;
    this.hmac = new Hmac("HmacSHA256", account.signingSecret().getBytes(StandardCharsets.UTF_8));
    this.waiting = state.receiptQueue(due -> due.forEach(this::happen));
  }

  void schedule(String messageId, IncomingMessage message) {
    schedule(new Due(messageId, message, "sent"), 0);
    String last = message.isUndelivered() ? "undelivered" : "delivered";
    schedule(new Due(messageId, message, last), DELIVERY_MILLIS);
  }

  void close() {
    waiting.close();
  }

  private void schedule(Due due, long extraMillis) {
    if (!waiting.add(state.settings().receiptDelayMillis() + extraMillis, due)) {
      state.webhooks().countDropped();
    }
  }

  private void happen(Due due) {
    String configured = state.settings().webhookUrl();
    Optional<URI> url =
        due.message
            .callback()
            .or(() -> configured == null ? Optional.empty() : WebUrl.parse(configured));
    url.ifPresent(target -> post(target, due));
  }

  private void post(URI url, Due due) {
    JsonObject event =
        new JsonObject()
            .put("id", "ev_" + state.ids().hex(24))
            .put("message_id", due.messageId)
            .put("status", due.status)
            .put("to", due.message.recipient())
            .put("occurred_at", state.clock().instant().toString());
    String reference = due.message.reference();
    if (reference != null) {
      event.put("reference", reference);
    }
    if (due.status.equals("undelivered")) {
      event.put("reason", "unknown_number");
    }
    Buffer body = new JsonObject().put("events", new JsonArray().add(event)).toBuffer();
    String signature = "sha256=" + HexFormat.of().formatHex(hmac.of(body.getBytes()));
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", SIGNATURE_HEADER, signature);
    state.webhooks().send(new WebhookCall(url, headers, body));
  }
}
