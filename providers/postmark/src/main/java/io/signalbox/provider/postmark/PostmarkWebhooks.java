package io.signalbox.provider.postmark;

import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.spi.WebhookResult.Refused;
import io.signalbox.spi.WebhookResult.Verified;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.signature.SignatureCheck;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Postmark's webhooks: one event a post, from whoever has the credentials. */
final class PostmarkWebhooks {
  /** Mail that came in: about none of our messages. */
  private static final String INBOUND = "Inbound";

  private final WebhookCredentials credentials;

  PostmarkWebhooks(PostmarkConfig config) {
    this.credentials = new WebhookCredentials(config);
  }

  WebhookResult receive(WebhookRequest request) {
    SignatureCheck check = credentials.verify(request);
    if (check.refusal() != null) {
      return check.refusal();
    }
    Optional<JsonObject> event = JsonBody.object(request.body());
    String recordType = event.map(body -> JsonBody.text(body, "RecordType")).orElse(null);
    if (event.isEmpty() || recordType == null || recordType.isBlank()) {
      return new Refused(Refusal.MALFORMED, "the body is no JSON object with a RecordType");
    }
    return recordType.equals(INBOUND)
        ? new Verified(List.of())
        : new Verified(
            List.of(PostmarkEvent.receipt(recordType, event.get(), request.receivedAt())));
  }
}
