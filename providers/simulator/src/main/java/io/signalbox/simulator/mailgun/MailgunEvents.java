package io.signalbox.simulator.mailgun;

import io.signalbox.simulator.core.MailAddress;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.WebUrl;
import io.signalbox.simulator.webhook.DueQueue;
import io.signalbox.simulator.webhook.WebhookCall;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Lets a message's events happen: each goes into the log and out as a signed webhook. */
final class MailgunEvents {
  private static final long DELIVERY_MILLIS = 60;
  private static final int ID_LENGTH = 22;
  private static final int TOKEN_LENGTH = 50;
  private static final double MILLIS_PER_SECOND = 1000.0;

  private record Due(MailgunMessage message, String recipient, EventKind kind, boolean posted) {}

  private final PluginState state;
  private final String domain;
  private final MailgunSignature signature;
  private final EventLog log;
  private final DueQueue<Due> waiting;

  MailgunEvents(PluginState state, MailgunAccount account, EventLog log) {
    this.state = state;
    this.domain = account.domain();
    this.signature = new MailgunSignature(account.webhookSigningKey());
    this.log = log;
    this.waiting = state.receiptQueue(due -> due.forEach(this::happen));
  }

  /** Lets the message's events happen; posts them if told so. */
  void schedule(MailgunMessage message, String recipient, boolean posted) {
    schedule(new Due(message, recipient, EventKind.ACCEPTED, posted), 0);
    Due delivered = new Due(message, recipient, EventKind.DELIVERED, posted);
    switch (MailAddress.fateOf(recipient)) {
      case BOUNCED ->
          schedule(new Due(message, recipient, EventKind.BOUNCED, posted), DELIVERY_MILLIS);
      case COMPLAINED -> {
        schedule(delivered, DELIVERY_MILLIS);
        schedule(new Due(message, recipient, EventKind.COMPLAINED, posted), 2 * DELIVERY_MILLIS);
      }
      case DELIVERED, REFUSED -> schedule(delivered, DELIVERY_MILLIS);
    }
  }

  void close() {
    waiting.close();
  }

  private void schedule(Due due, long extraMillis) {
    boolean added = waiting.add(state.settings().receiptDelayMillis() + extraMillis, due);
    if (!added && due.posted) {
      state.webhooks().countDropped();
    }
  }

  private void happen(Due due) {
    long millis = state.clock().millis();
    JsonObject event =
        due.kind
            .describe(due.message.eventFor(due.recipient, domain))
            .put("id", state.ids().urlSafe(ID_LENGTH))
            .put("timestamp", millis / MILLIS_PER_SECOND);
    Buffer json = event.toBuffer();
    log.add(new EventLog.Entry(due.message.id(), due.recipient, due.kind, millis, json));
    if (due.posted) {
      post(json);
    }
  }

  private void post(Buffer event) {
    String url = state.settings().webhookUrl();
    if (url == null) {
      return;
    }
    String timestamp = Long.toString(state.epochSeconds());
    String token = state.ids().hex(TOKEN_LENGTH);
    JsonObject signed =
        new JsonObject()
            .put("token", token)
            .put("timestamp", timestamp)
            .put("signature", signature.of(timestamp, token));
    Buffer body =
        Buffer.buffer("{\"signature\":")
            .appendBuffer(signed.toBuffer())
            .appendString(",\"event-data\":")
            .appendBuffer(event)
            .appendString("}");
    WebUrl.parse(url)
        .ifPresent(
            uri ->
                state
                    .webhooks()
                    .send(new WebhookCall(uri, Map.of("Content-Type", "application/json"), body)));
  }
}
