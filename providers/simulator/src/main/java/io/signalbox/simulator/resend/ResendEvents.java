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

  private record Due(ResendEmail email, String event, boolean posted) {}

  private final PluginState state;
  private final ResendSignature signature;
  private final DueQueue<Due> waiting;

  ResendEvents(PluginState state, ResendSignature signature) {
    this.state = state;
    this.signature = signature;
    this.waiting = state.receiptQueue(due -> due.forEach(this::happen));
  }

  /** Lets the mail's events happen; posts them if told so. */
  void schedule(ResendEmail email, boolean posted) {
    schedule(new Due(email, "sent", posted), 0);
    switch (worstFate(email.to())) {
      case BOUNCED -> schedule(new Due(email, "bounced", posted), DELIVERY_MILLIS);
      case COMPLAINED -> {
        schedule(new Due(email, "delivered", posted), DELIVERY_MILLIS);
        schedule(new Due(email, "complained", posted), 2 * DELIVERY_MILLIS);
      }
      case DELIVERED, REFUSED -> schedule(new Due(email, "delivered", posted), DELIVERY_MILLIS);
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

  private void schedule(Due due, long extraMillis) {
    boolean added = waiting.add(state.settings().receiptDelayMillis() + extraMillis, due);
    if (!added && due.posted) {
      state.webhooks().countDropped();
    }
  }

  private void happen(Due due) {
    JsonObject data = due.email.happens(due.event);
    String url = state.settings().webhookUrl();
    if (url == null || !due.posted) {
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
