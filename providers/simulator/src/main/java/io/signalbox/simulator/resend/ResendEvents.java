package io.signalbox.simulator.resend;

import io.signalbox.simulator.core.MailAddress;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.WebUrl;
import io.signalbox.simulator.webhook.DueQueue;
import io.signalbox.simulator.webhook.WebhookCall;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Lets an e-mail's events happen and posts each as a signed webhook. */
final class ResendEvents {
  private static final long DELIVERY_MILLIS = 60;

  private record Due(ResendEmail email, String event) {}

  private final PluginState state;
  private final ResendSignature signature;
  private final DueQueue<Due> waiting;

  ResendEvents(PluginState state, ResendSignature signature) {
    this.state = state;
    this.signature = signature;
    this.waiting = state.receiptQueue(due -> due.forEach(this::happen));
  }

  void schedule(ResendEmail email) {
    schedule(email, "sent", 0);
    switch (worstFate(email.to())) {
      case BOUNCED -> schedule(email, "bounced", DELIVERY_MILLIS);
      case COMPLAINED -> {
        schedule(email, "delivered", DELIVERY_MILLIS);
        schedule(email, "complained", 2 * DELIVERY_MILLIS);
      }
      case DELIVERED, REFUSED -> schedule(email, "delivered", DELIVERY_MILLIS);
    }
  }

  void close() {
    waiting.close();
  }

  private static MailAddress.Fate worstFate(List<String> addresses) {
    return addresses.stream()
        .map(MailAddress::bare)
        .map(MailAddress::fateOf)
        .filter(fate -> fate != MailAddress.Fate.DELIVERED)
        .findFirst()
        .orElse(MailAddress.Fate.DELIVERED);
  }

  private void schedule(ResendEmail email, String event, long extraMillis) {
    if (!waiting.add(state.settings().receiptDelayMillis() + extraMillis, new Due(email, event))) {
      state.webhooks().countDropped();
    }
  }

  private void happen(Due due) {
    JsonObject data = due.email.happens(due.event);
    String url = state.settings().webhookUrl();
    if (url == null) {
      return;
    }
    Buffer body =
        new JsonObject()
            .put("type", "email." + due.event)
            .put("created_at", state.clock().instant().toString())
            .put("data", data)
            .toBuffer();
    String id = "msg_" + state.ids().alphanumeric(27);
    String timestamp = Long.toString(state.epochSeconds());
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/json",
            "svix-id",
            id,
            "svix-timestamp",
            timestamp,
            "svix-signature",
            signature.of(id, timestamp, body));
    WebUrl.parse(url).ifPresent(uri -> state.webhooks().send(new WebhookCall(uri, headers, body)));
  }
}
