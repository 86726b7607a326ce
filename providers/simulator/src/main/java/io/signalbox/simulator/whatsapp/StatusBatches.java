package io.signalbox.simulator.whatsapp;

import io.signalbox.simulator.core.Hmac;
import io.signalbox.simulator.core.PhoneNumber;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Moves messages through their statuses and posts those due together in one signed body. */
final class StatusBatches {
  private static final long DELIVERY_MILLIS = 60;
  private static final int MAX_STATUSES = 100;
  private static final String ACCOUNT_ID = "102290129340398";
  private static final int UNDELIVERABLE = 131026;

  /** A message whose statuses are to come. */
  record Message(String id, String userId, @Nullable String reference) {
    @Override
    public String toString() {
      return "Message[masked]";
    }
  }

  private record Due(Message message, String status) {}

  private final String phoneNumberId;
  private final PluginState state;
  private final Hmac hmac;
  private final DueQueue<Due> waiting;

  StatusBatches(WhatsAppAccount account, PluginState state) {
    this.phoneNumberId = account.phoneNumberId();
    this.state = state;
    this.hmac = new Hmac("HmacSHA256", account.appSecret().getBytes(StandardCharsets.UTF_8));
    this.waiting = state.receiptQueue(this::happen);
  }

  void schedule(Message message) {
    if (PhoneNumber.isUndelivered(message.userId())) {
      schedule(new Due(message, "failed"), 0);
      return;
    }
    schedule(new Due(message, "sent"), 0);
    schedule(new Due(message, "delivered"), DELIVERY_MILLIS);
  }

  void close() {
    waiting.close();
  }

  private void schedule(Due due, long extraMillis) {
    if (!waiting.add(state.settings().receiptDelayMillis() + extraMillis, due)) {
      state.webhooks().countDropped();
    }
  }

  private void happen(List<Due> due) {
    String url = state.settings().webhookUrl();
    if (url == null) {
      return;
    }
    // By status, so that how often a message is told of does not hang on the timer's precision.
    Map<String, List<Due>> byStatus =
        due.stream()
            .collect(Collectors.groupingBy(Due::status, LinkedHashMap::new, Collectors.toList()));
    WebUrl.parse(url).ifPresent(uri -> byStatus.values().forEach(same -> post(uri, same)));
  }

  private void post(URI url, List<Due> due) {
    for (int from = 0; from < due.size(); from += MAX_STATUSES) {
      List<Due> batch = due.subList(from, Math.min(due.size(), from + MAX_STATUSES));
      Buffer body = body(batch).toBuffer();
      Map<String, String> headers =
          Map.of(
              "Content-Type",
              "application/json",
              "X-Hub-Signature-256",
              "sha256=" + HexFormat.of().formatHex(hmac.of(body.getBytes())));
      state.webhooks().send(new WebhookCall(url, headers, body));
    }
  }

  /** One change for each status: receivers must be ready for lists at every level. */
  private JsonObject body(List<Due> batch) {
    JsonArray changes = new JsonArray();
    batch.forEach(due -> changes.add(change(due)));
    JsonObject entry = new JsonObject().put("id", ACCOUNT_ID).put("changes", changes);
    return new JsonObject()
        .put("object", "whatsapp_business_account")
        .put("entry", new JsonArray().add(entry));
  }

  private JsonObject change(Due due) {
    JsonObject metadata =
        new JsonObject()
            .put("display_phone_number", "15550783881")
            .put("phone_number_id", phoneNumberId);
    return new JsonObject()
        .put("field", "messages")
        .put(
            "value",
            new JsonObject()
                .put("messaging_product", "whatsapp")
                .put("metadata", metadata)
                .put("statuses", new JsonArray().add(status(due))));
  }

  private JsonObject status(Due due) {
    JsonObject status =
        new JsonObject()
            .put("id", due.message.id)
            .put("status", due.status)
            .put("timestamp", Long.toString(state.epochSeconds()))
            .put("recipient_id", due.message.userId);
    if (due.message.reference != null) {
      status.put("biz_opaque_callback_data", due.message.reference);
    }
    return due.status.equals("failed")
        ? status.put("errors", new JsonArray().add(undeliverable()))
        : status;
  }

  private static JsonObject undeliverable() {
    return new JsonObject()
        .put("code", UNDELIVERABLE)
        .put("title", "Message undeliverable")
        .put("message", "Message undeliverable")
        .put("error_data", new JsonObject().put("details", "Message Undeliverable."));
  }
}
