package io.signalbox.provider.smsactivate;

import io.signalbox.spi.RentalNews;
import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.spi.WebhookResult.Refused;
import io.signalbox.spi.WebhookResult.Verified;
import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.signature.SecretToken;
import io.signalbox.toolkit.signature.Sha256;
import io.signalbox.toolkit.signature.SignatureCheck;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the webhooks that tell of codes. They are not signed: a secret in the URL is all there is.
 */
final class SmsActivateWebhooks {
  static final String SECRET_PARAMETER = "secret";

  private final @Nullable SecretToken token;
  private final ZoneId zone;

  SmsActivateWebhooks(List<Secret> secrets, ZoneId zone) {
    this.token = secrets.isEmpty() ? null : new SecretToken(secrets);
    this.zone = zone;
  }

  WebhookResult receive(WebhookRequest request) {
    SignatureCheck check = verify(request);
    if (check.refusal() != null) {
      return check.refusal();
    }
    Optional<JsonObject> event = JsonBody.object(request.body());
    if (event.isEmpty()) {
      return new Refused(Refusal.MALFORMED, "the body is no JSON object");
    }
    return new Verified(
        List.of(), List.of(), news(event.get(), request.receivedAt()).stream().toList());
  }

  /** Empty for what names no rental. */
  private Optional<RentalNews> news(JsonObject event, Instant receivedAt) {
    String id = JsonBody.text(event, "activationId");
    String code = filled(event, "code");
    String text = filled(event, "text");
    if (id == null || !Values.isId(id) || (code == null && text == null)) {
      return Optional.empty();
    }
    String time = JsonBody.text(event, "receivedAt");
    Instant told = Values.time(time, zone);
    // The same three that the documents tell repeats by; the code is a secret.
    String mark = id + "/" + time + "/" + (code == null ? text : code);
    return Optional.of(
        new RentalNews(
            Sha256.hex(mark.getBytes(StandardCharsets.UTF_8)),
            id,
            code,
            text,
            told == null ? receivedAt : told));
  }

  private SignatureCheck verify(WebhookRequest request) {
    return token == null
        ? SignatureCheck.unauthenticated("no webhook_secret is configured")
        : token.verify(
            FormBody.parse(request.rawQuery())
                .map(query -> query.first(SECRET_PARAMETER))
                .orElse(null));
  }

  private static @Nullable String filled(JsonObject event, String field) {
    String text = JsonBody.text(event, field);
    return text == null || text.isBlank() ? null : text;
  }
}
