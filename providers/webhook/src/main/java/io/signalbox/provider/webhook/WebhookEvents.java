package io.signalbox.provider.webhook;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.spi.WebhookResult.Refused;
import io.signalbox.spi.WebhookResult.Verified;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.signature.SignatureCheck;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks of JSON as the configuration describes them.
 *
 * @param authenticity who is believed
 * @param list where the body has its list of events; null: the body is one event, or a list
 * @param events how an event is read
 */
record WebhookEvents(Authenticity authenticity, @Nullable Pointer list, EventReader events) {

  static WebhookEvents read(ConfigReader reader) {
    return new WebhookEvents(
        Authenticity.read(reader.block("signature")),
        Pointer.read(reader, "events"),
        EventReader.read(reader));
  }

  WebhookResult receive(WebhookRequest request) {
    SignatureCheck check = authenticity.verify(request);
    if (check.refusal() != null) {
      return check.refusal();
    }
    Optional<JsonObject> object = JsonBody.object(request.body());
    Object body = object.isPresent() ? object.get() : JsonBody.array(request.body()).orElse(null);
    Object found = list == null ? body : list.value(body);
    if (found instanceof JsonObject event) {
      return new Verified(List.of(events.receipt(event, request.receivedAt())));
    }
    if (!(found instanceof JsonArray array)) {
      return new Refused(Refusal.MALFORMED, "no event where the configuration expects one");
    }
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      receipts.add(events.receipt(JsonBody.object(array, i), request.receivedAt()));
    }
    return new Verified(receipts);
  }
}
