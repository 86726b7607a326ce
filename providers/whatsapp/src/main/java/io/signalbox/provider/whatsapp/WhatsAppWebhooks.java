package io.signalbox.provider.whatsapp;

import io.signalbox.spi.Receipt;
import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.spi.WebhookResult.Refused;
import io.signalbox.spi.WebhookResult.Verified;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.signature.HmacAlgorithm;
import io.signalbox.toolkit.signature.HmacSignature;
import io.signalbox.toolkit.signature.SignatureCheck;
import io.signalbox.toolkit.signature.SignatureEncoding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Verifies Meta's webhooks and reads their nested batches. */
final class WhatsAppWebhooks {
  private static final String SIGNATURE_HEADER = "X-Hub-Signature-256";
  private static final String SIGNATURE_PREFIX = "sha256=";

  private final String phoneNumberId;
  private final WhatsAppChallenge challenge;
  private final @Nullable HmacSignature signature;
  private final WhatsAppReceipts receipts;

  WhatsAppWebhooks(WhatsAppConfig config, WhatsAppErrors errors) {
    this.phoneNumberId = config.phoneNumberId();
    this.challenge = new WhatsAppChallenge(config.verifyTokens());
    this.signature = signature(config.appSecrets());
    this.receipts =
        new WhatsAppReceipts(new WhatsAppStatuses(errors), config.marketingStopUnsubscribes());
  }

  WebhookResult receive(WebhookRequest request) {
    if (request.method().equals("GET")) {
      return challenge.answer(request.rawQuery());
    }
    SignatureCheck check = verify(request);
    if (check.refusal() != null) {
      return check.refusal();
    }
    Optional<JsonObject> body = JsonBody.object(request.body());
    if (body.isEmpty() || !(body.get().getValue("entry") instanceof JsonArray entries)) {
      return new Refused(Refusal.MALFORMED, "the body is no batch of entries");
    }
    List<Receipt> found = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      JsonArray changes = JsonBody.array(JsonBody.object(entries, i), "changes");
      for (int j = 0; j < changes.size(); j++) {
        addChange(JsonBody.object(changes, j), request.receivedAt(), found);
      }
    }
    return new Verified(found);
  }

  private void addChange(JsonObject change, Instant receivedAt, List<Receipt> found) {
    JsonObject value = JsonBody.object(change, "value");
    String number = JsonBody.text(JsonBody.object(value, "metadata"), "phone_number_id");
    // One URL serves all numbers of an app; those of the others are not ours to report.
    if (number != null && !number.equals(phoneNumberId)) {
      return;
    }
    int before = found.size();
    if (number != null) {
      each(value, "statuses", json -> found.addAll(receipts.ofStatus(json, receivedAt)));
      each(value, "messages", json -> found.add(receipts.ofInbound(json, receivedAt)));
      each(value, "user_preferences", json -> found.add(receipts.ofPreference(json, receivedAt)));
      each(value, "errors", json -> found.add(receipts.ofUnknown("error", json, receivedAt)));
    }
    if (found.size() == before) {
      String field = Objects.requireNonNullElse(JsonBody.text(change, "field"), "change");
      found.add(receipts.ofUnknown(field, value, receivedAt));
    }
  }

  private static void each(JsonObject value, String list, Consumer<JsonObject> reader) {
    JsonArray items = JsonBody.array(value, list);
    for (int i = 0; i < items.size(); i++) {
      reader.accept(JsonBody.object(items, i));
    }
  }

  private SignatureCheck verify(WebhookRequest request) {
    String presented = request.header(SIGNATURE_HEADER);
    if (signature == null) {
      return SignatureCheck.unauthenticated("no app_secret is configured");
    }
    if (presented == null || !presented.startsWith(SIGNATURE_PREFIX)) {
      return SignatureCheck.unauthenticated("no signature that begins with sha256=");
    }
    return signature.verify(
        presented.substring(SIGNATURE_PREFIX.length()), request.body().getBytes());
  }

  private static @Nullable HmacSignature signature(List<Secret> secrets) {
    return secrets.isEmpty()
        ? null
        : new HmacSignature(HmacAlgorithm.SHA256, SignatureEncoding.HEX, secrets);
  }
}
