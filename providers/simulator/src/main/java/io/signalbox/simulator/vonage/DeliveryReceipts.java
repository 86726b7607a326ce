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

/** Lets every part of a message arrive, or fail to, and posts a signed delivery receipt of it. */
final class DeliveryReceipts {
  private static final DateTimeFormatter SCTS = utc("yyMMddHHmm");
  private static final DateTimeFormatter MESSAGE_TIME = utc("yyyy-MM-dd HH:mm:ss");
  private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json");

  private record Due(SentMessage part, @Nullable String url) {}

  private final VonageAccount account;
  private final PluginState state;
  private final VonageSignature signature;
  private final DueQueue<Due> waiting;

  DeliveryReceipts(VonageAccount account, PluginState state, VonageSignature signature) {
    this.account = account;
    this.state = state;
    this.signature = signature;
    this.waiting = state.receiptQueue(due -> due.forEach(this::happen));
  }

  /**
   * Lets the part arrive, or fail to.
   *
   * @param url null to post no receipt
   */
  void schedule(SentMessage part, @Nullable String url) {
    if (!waiting.add(state.settings().receiptDelayMillis(), new Due(part, url)) && url != null) {
      state.webhooks().countDropped();
    }
  }

  void close() {
    waiting.close();
  }

  private void happen(Due due) {
    Instant now = state.clock().instant();
    boolean undelivered = PhoneNumber.isUndelivered(due.part.to());
    if (undelivered) {
      due.part.becomes("failed", "3", "Absent Subscriber - Permanent", now);
    } else {
      due.part.becomes("delivered", now);
    }
    if (due.url != null) {
      WebUrl.parse(due.url).ifPresent(url -> post(url, due.part, undelivered, now));
    }
  }

  private void post(URI url, SentMessage part, boolean undelivered, Instant now) {
    Map<String, String> receipt = new LinkedHashMap<>();
    receipt.put("msisdn", part.to());
    receipt.put("to", part.from());
    receipt.put("network-code", VonageApi.NETWORK);
    receipt.put("messageId", part.id());
    receipt.put("price", VonageApi.PRICE);
    receipt.put("status", part.status());
    receipt.put("scts", SCTS.format(now));
    receipt.put("err-code", undelivered ? "3" : "0");
    receipt.put("api-key", account.apiKey());
    if (part.reference() != null) {
      receipt.put("client-ref", part.reference());
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
