package io.signalbox.simulator.sendgrid;

import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.WebUrl;
import io.signalbox.simulator.webhook.DueQueue;
import io.signalbox.simulator.webhook.WebhookCall;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/** Collects events and posts those that are due together as signed arrays. */
final class SendGridEvents {
  private static final int MAX_BATCH_BYTES = 768 * 1024;
  private static final Buffer SEPARATOR = Buffer.buffer(",\r\n");

  private final PluginState state;
  private final SendGridSignature signature;
  private final DueQueue<SendGridEvent> waiting;

  SendGridEvents(PluginState state, SendGridSignature signature) {
    this.state = state;
    this.signature = signature;
    this.waiting = state.receiptQueue(this::post);
  }

  /** Lets an event wait; {@code extraMillis} comes on top of the receipt delay of the settings. */
  void schedule(SendGridEvent event, long extraMillis) {
    if (state.settings().webhookUrl() != null
        && !waiting.add(state.settings().receiptDelayMillis() + extraMillis, event)) {
      state.webhooks().countDropped();
    }
  }

  void close() {
    waiting.close();
  }

  private void post(List<SendGridEvent> events) {
    long now = state.epochSeconds();
    Buffer batch = Buffer.buffer();
    for (SendGridEvent event : events) {
      Buffer json = event.toJson(now).toBuffer();
      if (batch.length() + json.length() > MAX_BATCH_BYTES) {
        post(batch, now);
        batch = Buffer.buffer();
      }
      batch.appendBuffer(batch.length() == 0 ? Buffer.buffer("[") : SEPARATOR).appendBuffer(json);
    }
    post(batch, now);
  }

  private void post(Buffer batch, long epochSeconds) {
    String url = state.settings().webhookUrl();
    if (url == null) {
      return;
    }
    Buffer body = batch.appendString("]\r\n");
    String timestamp = Long.toString(epochSeconds);
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/json",
            "X-Twilio-Email-Event-Webhook-Signature",
            signature.of(timestamp, body),
            "X-Twilio-Email-Event-Webhook-Timestamp",
            timestamp);
    WebUrl.parse(url).ifPresent(uri -> state.webhooks().send(new WebhookCall(uri, headers, body)));
  }
}
