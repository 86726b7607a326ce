package io.signalbox.simulator.twilio;

import io.signalbox.simulator.core.PhoneNumber;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.WebUrl;
import io.signalbox.simulator.webhook.DueQueue;
import io.signalbox.simulator.webhook.WebhookCall;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Moves messages through their statuses and posts each to the callback of its request. */
final class StatusCallbacks {
  private static final long DELIVERY_MILLIS = 60;
  private static final int UNKNOWN_HANDSET = 30005;

  private record Due(
      TwilioMessage message, @Nullable String url, String status, @Nullable Integer errorCode) {}

  private final PluginState state;
  private final TwilioSignature signature;
  private final DueQueue<Due> waiting;

  StatusCallbacks(PluginState state, TwilioSignature signature) {
    this.state = state;
    this.signature = signature;
    this.waiting = state.receiptQueue(due -> due.forEach(this::happen));
  }

  /**
   * Lets the message's statuses happen.
   *
   * @param url null to post none of them
   */
  void schedule(TwilioMessage message, @Nullable String url) {
    boolean undelivered = PhoneNumber.isUndelivered(message.to());
    schedule(new Due(message, url, "sent", null), 0);
    schedule(
        undelivered
            ? new Due(message, url, "undelivered", UNKNOWN_HANDSET)
            : new Due(message, url, "delivered", null),
        DELIVERY_MILLIS);
  }

  void close() {
    waiting.close();
  }

  private void schedule(Due due, long extraMillis) {
    boolean added = waiting.add(state.settings().receiptDelayMillis() + extraMillis, due);
    if (!added && due.url != null) {
      state.webhooks().countDropped();
    }
  }

  private void happen(Due due) {
    due.message.becomes(due.status, due.errorCode, state.clock().instant());
    if (due.url != null) {
      WebUrl.parse(due.url).ifPresent(url -> post(url, due.message));
    }
  }

  private void post(URI url, TwilioMessage message) {
    String text = url.toString();
    int fragment = text.indexOf('#');
    String signed = fragment < 0 ? text : text.substring(0, fragment);
    Map<String, String> parameters = message.callbackParameters();
    String form =
        parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    Map<String, String> headers =
        Map.of(
            "Content-Type", "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Twilio-Signature", signature.of(signed, parameters),
            "I-Twilio-Idempotency-Token", state.ids().uuid());
    state.webhooks().send(new WebhookCall(url, headers, Buffer.buffer(form)));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
