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

  private record Due(MailgunMessage message, String recipient, EventKind kind) {}

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
    this.waiting = state.receiptQueue(due -> due.forEach(one -> post(happen(one))));
  }

  /** The message is in the queue, and that is all that will ever be heard of it. */
  void acceptSilently(MailgunMessage message, String recipient) {
    happen(new Due(message, recipient, EventKind.ACCEPTED));
  }

  void schedule(MailgunMessage message, String recipient) {
    schedule(message, recipient, EventKind.ACCEPTED, 0);
    switch (MailAddress.fateOf(recipient)) {
      case BOUNCED -> schedule(message, recipient, EventKind.BOUNCED, DELIVERY_MILLIS);
      case COMPLAINED -> {
        schedule(message, recipient, EventKind.DELIVERED, DELIVERY_MILLIS);
        schedule(message, recipient, EventKind.COMPLAINED, 2 * DELIVERY_MILLIS);
      }
      case DELIVERED, REFUSED -> schedule(message, recipient, EventKind.DELIVERED, DELIVERY_MILLIS);
    }
  }

  void close() {
    waiting.close();
  }

  private void schedule(
      MailgunMessage message, String recipient, EventKind kind, long extraMillis) {
    Due due = new Due(message, recipient, kind);
    if (!waiting.add(state.settings().receiptDelayMillis() + extraMillis, due)) {
      state.webhooks().countDropped();
    }
  }

  private Buffer happen(Due due) {
    long millis = state.clock().millis();
    JsonObject event =
        due.kind
            .describe(due.message.eventFor(due.recipient, domain))
            .put("id", state.ids().urlSafe(ID_LENGTH))
            .put("timestamp", millis / MILLIS_PER_SECOND);
    Buffer json = event.toBuffer();
    log.add(new EventLog.Entry(due.message.id(), due.recipient, due.kind, millis, json));
    return json;
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
