package io.signalbox.provider.postmark;

import io.signalbox.spi.WebhookRequest;
import io.signalbox.toolkit.signature.SecretToken;
import io.signalbox.toolkit.signature.SignatureCheck;
import io.signalbox.toolkit.signature.SignatureEncoding;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Who may post webhooks: Postmark signs nothing, but passes on credentials of the webhook's URL and
 * headers that were set at the webhook. One of the configured ways is enough.
 */
final class WebhookCredentials {
  private static final String BASIC = "Basic ";

  private final @Nullable SecretToken credentials;
  private final @Nullable String headerName;
  private final @Nullable SecretToken headerValues;

  WebhookCredentials(PostmarkConfig config) {
    this.credentials =
        config.webhookCredentials().isEmpty() ? null : new SecretToken(config.webhookCredentials());
    this.headerName = config.webhookHeader();
    this.headerValues =
        config.webhookHeaderValues().isEmpty()
            ? null
            : new SecretToken(config.webhookHeaderValues());
  }

  SignatureCheck verify(WebhookRequest request) {
    SignatureCheck check =
        SignatureCheck.unauthenticated("neither webhook_credentials nor webhook_header is set");
    if (credentials != null) {
      check = credentials.verify(basic(request.header("Authorization")));
    }
    if (!check.genuine() && headerName != null && headerValues != null) {
      check = headerValues.verify(request.header(headerName));
    }
    return check;
  }

  /** User and password, joined by a colon; null if there are none. */
  private static @Nullable String basic(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return null;
    }
    return SignatureEncoding.BASE64
        .decode(header.substring(BASIC.length()).strip())
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElse(null);
  }
}
