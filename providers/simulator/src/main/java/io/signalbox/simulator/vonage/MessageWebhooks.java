package io.signalbox.simulator.vonage;

import io.signalbox.simulator.core.PhoneNumber;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.WebUrl;
import io.signalbox.simulator.webhook.DueQueue;
import io.signalbox.simulator.webhook.WebhookCall;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Moves messages of the Messages API through their statuses and posts each, signed. */
final class MessageWebhooks {
  private static final long DELIVERY_MILLIS = 60;
  private static final String UNREACHABLE = "1260";
  private static final String UNREACHABLE_TEXT =
      "Destination unreachable - The message could not be delivered to the phone number.";

  private record Due(SentMessage message, @Nullable String url, String status) {}

  private final PluginState state;
  private final WebhookToken token;
  private final DueQueue<Due> waiting;

  MessageWebhooks(PluginState state, WebhookToken token) {
    this.state = state;
    this.token = token;
    this.waiting = state.receiptQueue(due -> due.forEach(this::happen));
  }

  /**
   * Lets the message's statuses happen.
   *
   * @param url null to post none of them
   */
  void schedule(SentMessage message, @Nullable String url) {
    String end = PhoneNumber.isUndelivered(message.to()) ? "undeliverable" : "delivered";
    schedule(new Due(message, url, "submitted"), 0);
    schedule(new Due(message, url, end), DELIVERY_MILLIS);
  }

  void close() {
    waiting.close();
  }

  private void schedule(Due due, long extraMillis) {
    if (!waiting.add(state.settings().receiptDelayMillis() + extraMillis, due) && due.url != null) {
      state.webhooks().countDropped();
    }
  }

  private void happen(Due due) {
    Instant now = state.clock().instant();
    boolean bad = due.status.equals("undeliverable");
    due.message.becomes(due.status, bad ? UNREACHABLE : "0", bad ? UNREACHABLE_TEXT : null, now);
    if (due.url != null) {
      WebUrl.parse(due.url).ifPresent(url -> post(url, due.message, now));
    }
  }

  private void post(URI url, SentMessage message, Instant now) {
    JsonObject json =
        new JsonObject()
            .put("message_uuid", message.id())
            .put("to", message.to())
            .put("from", message.from())
            .put("timestamp", now.toString())
            .put("status", message.status())
            .put("channel", message.channel());
    if (message.reference() != null) {
      json.put("client_ref", message.reference());
    }
    if (message.status().equals("undeliverable")) {
      json.put(
          "error",
          new JsonObject()
              .put("type", "https://developer.vonage.com/api-errors/messages#" + UNREACHABLE)
              .put("title", UNREACHABLE)
              .put("detail", UNREACHABLE_TEXT)
              .put("instance", message.id()));
    }
    Buffer body = json.toBuffer();
    Map<String, String> headers =
        Map.of("Content-Type", "application/json", "Authorization", token.of(body));
    state.webhooks().send(new WebhookCall(url, headers, body));
  }
}
