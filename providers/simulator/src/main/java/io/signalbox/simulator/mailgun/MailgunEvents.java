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
  private static final long STEP_MILLIS = 60;
  private static final int ID_LENGTH = 22;
  private static final int TOKEN_LENGTH = 50;
  private static final double MILLIS_PER_SECOND = 1000.0;

  private final PluginState state;
  private final String domain;
  private final MailgunSignature signature;
  private final EventLog log;
  private final DueQueue<Runnable> waiting;

  MailgunEvents(PluginState state, MailgunAccount account, EventLog log) {
    this.state = state;
    this.domain = account.domain();
    this.signature = new MailgunSignature(account.webhookSigningKey());
    this.log = log;
    this.waiting = state.receiptQueue(due -> due.forEach(Runnable::run));
  }

  /** Lets the message's events happen, the first of them at once; posts them if told so. */
  void schedule(MailgunMessage message, String recipient, boolean posted) {
    Buffer accepted = happen(message, recipient, EventKind.ACCEPTED);
    if (posted) {
      later(0, () -> post(accepted), true);
    }
    switch (MailAddress.fateOf(recipient)) {
      case BOUNCED -> later(message, recipient, EventKind.BOUNCED, 1, posted);
      case COMPLAINED -> {
        later(message, recipient, EventKind.DELIVERED, 1, posted);
        later(message, recipient, EventKind.COMPLAINED, 2, posted);
      }
      case DELIVERED, REFUSED -> later(message, recipient, EventKind.DELIVERED, 1, posted);
    }
  }

  void close() {
    waiting.close();
  }

  private void later(
      MailgunMessage message, String recipient, EventKind kind, int steps, boolean posted) {
    later(
        steps * STEP_MILLIS,
        () -> {
          Buffer event = happen(message, recipient, kind);
          if (posted) {
            post(event);
          }
        },
        posted);
  }

  private void later(long extraMillis, Runnable what, boolean posted) {
    boolean added = waiting.add(state.settings().receiptDelayMillis() + extraMillis, what);
    if (!added && posted) {
      state.webhooks().countDropped();
    }
  }

  private Buffer happen(MailgunMessage message, String recipient, EventKind kind) {
    long millis = state.clock().millis();
    JsonObject event =
        kind.describe(message.eventFor(recipient, domain))
            .put("id", state.ids().urlSafe(ID_LENGTH))
            .put("timestamp", millis / MILLIS_PER_SECOND);
    Buffer json = event.toBuffer();
    log.add(new EventLog.Entry(message.id(), recipient, kind, millis, json));
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
