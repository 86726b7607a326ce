package io.signalbox.provider.resend;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import io.signalbox.toolkit.signature.StandardWebhooksSignature;
import java.time.Duration;
import java.util.List;

/**
 * Configuration of a Resend provider.
 *
 * @param apiKey {@code api_key}
 * @param baseUrl {@code base_url}
 * @param from {@code from}: an address of a verified domain, also as {@code Name <address>}
 * @param webhookSecrets {@code webhook_secret}: one or, during a rotation, several; without one
 *     every webhook is refused
 * @param webhookTolerance {@code webhook_tolerance}
 */
record ResendConfig(
    Secret apiKey,
    String baseUrl,
    String from,
    List<Secret> webhookSecrets,
    Duration webhookTolerance) {

  static final String DEFAULT_BASE_URL = "https://api.resend.com";

  /** The limit that Svix's own libraries enforce. */
  static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

  private static final Duration MIN_TOLERANCE = Duration.ofSeconds(1);
  private static final Duration MAX_TOLERANCE = Duration.ofDays(7);

  static ResendConfig read(ConfigReader reader) {
    String from = reader.requiredText("from");
    if (!from.isEmpty() && from.indexOf('@') < 1) {
      reader.problem("from", "must be a mail address, or Name <address>");
    }
    List<Secret> secrets = reader.secrets("webhook_secret");
    if (!secrets.stream().allMatch(StandardWebhooksSignature::isSecret)) {
      reader.problem("webhook_secret", "must be whsec_ and base64, as Resend shows it");
    }
    ResendConfig config =
        new ResendConfig(
            reader.requiredSecret("api_key"),
            reader.url("base_url", DEFAULT_BASE_URL),
            from,
            secrets,
            reader.duration("webhook_tolerance", DEFAULT_TOLERANCE, MIN_TOLERANCE, MAX_TOLERANCE));
    reader.finish();
    return config;
  }
}
