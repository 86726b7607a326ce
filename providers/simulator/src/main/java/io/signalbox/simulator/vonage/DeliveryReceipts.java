package io.signalbox.simulator.vonage;

import io.signalbox.simulator.core.PhoneNumber;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.WebUrl;
import io.signalbox.simulator.webhook.DueQueue;
import io.signalbox.simulator.webhook.WebhookCall;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Posts a signed delivery receipt for every part of a message. */
final class DeliveryReceipts {
  private static final DateTimeFormatter SCTS = utc("yyMMddHHmm");
  private static final DateTimeFormatter MESSAGE_TIME = utc("yyyy-MM-dd HH:mm:ss");
  private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json");

  /** A part of a message whose receipt is to be sent. */
  record Part(
      String messageId, String recipient, String sender, @Nullable String reference, String url) {
    @Override
    public String toString() {
      return "Part[" + messageId + "]";
    }
  }

  private final VonageAccount account;
  private final PluginState state;
  private final VonageSignature signature;
  private final DueQueue<Part> waiting;

  DeliveryReceipts(VonageAccount account, PluginState state, VonageSignature signature) {
    this.account = account;
    this.state = state;
    this.signature = signature;
    this.waiting = state.receiptQueue(due -> due.forEach(this::post));
  }

  void schedule(Part part) {
    if (!waiting.add(state.settings().receiptDelayMillis(), part)) {
      state.webhooks().countDropped();
    }
  }

  void close() {
    waiting.close();
  }

  private void post(Part part) {
    WebUrl.parse(part.url).ifPresent(url -> post(url, part));
  }

  private void post(URI url, Part part) {
    boolean undelivered = PhoneNumber.isUndelivered(part.recipient);
    Instant now = state.clock().instant();
    Map<String, String> receipt = new LinkedHashMap<>();
    receipt.put("msisdn", part.recipient);
    receipt.put("to", part.sender);
    receipt.put("network-code", VonageApi.NETWORK);
    receipt.put("messageId", part.messageId);
    receipt.put("price", VonageApi.PRICE);
    receipt.put("status", undelivered ? "failed" : "delivered");
    receipt.put("scts", SCTS.format(now));
    receipt.put("err-code", undelivered ? "3" : "0");
    receipt.put("api-key", account.apiKey());
    if (part.reference != null) {
      receipt.put("client-ref", part.reference);
    }
    receipt.put("message-timestamp", MESSAGE_TIME.format(now));
    receipt.put("timestamp", Long.toString(state.epochSeconds()));
    receipt.put("nonce", state.ids().uuid());
    receipt.put("sig", signature.of(receipt));
    JsonObject body = new JsonObject(new LinkedHashMap<>(receipt));
    state.webhooks().send(new WebhookCall(url, HEADERS, body.toBuffer()));
  }

  private static DateTimeFormatter utc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }
}
