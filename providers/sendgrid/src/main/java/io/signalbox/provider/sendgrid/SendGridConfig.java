package io.signalbox.provider.sendgrid;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import io.signalbox.toolkit.signature.EcdsaSignature;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of a SendGrid provider.
 *
 * @param apiKey {@code api_key}
 * @param baseUrl {@code base_url}; EU subusers take {@code https://api.eu.sendgrid.com}
 * @param from {@code from}: a verified sender's address
 * @param fromName {@code from_name}; null for none
 * @param webhookPublicKeys {@code webhook_public_key}: one or, during a rotation, several; without
 *     one every webhook is refused
 * @param webhookTolerance {@code webhook_tolerance}
 */
record SendGridConfig(
    Secret apiKey,
    String baseUrl,
    String from,
    @Nullable String fromName,
    List<String> webhookPublicKeys,
    Duration webhookTolerance) {

  static final String DEFAULT_BASE_URL = "https://api.sendgrid.com";

  /** As the signature schemes that name a tolerance have it; SendGrid names none. */
  static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

  private static final Duration MIN_TOLERANCE = Duration.ofSeconds(1);
  private static final Duration MAX_TOLERANCE = Duration.ofDays(7);

  static SendGridConfig read(ConfigReader reader) {
    String from = reader.requiredText("from");
    if (!from.isEmpty() && (from.indexOf('@') < 1 || from.indexOf('<') >= 0)) {
      reader.problem("from", "must be a mail address alone; its name goes to from_name");
    }
    List<String> keys = reader.texts("webhook_public_key");
    if (!keys.stream().allMatch(EcdsaSignature::isPublicKey)) {
      reader.problem(
          "webhook_public_key", "must be a P-256 public key in base64, as SendGrid shows it");
    }
    SendGridConfig config =
        new SendGridConfig(
            reader.requiredSecret("api_key"),
            reader.url("base_url", DEFAULT_BASE_URL),
            from,
            reader.text("from_name").orElse(null),
            keys,
            reader.duration("webhook_tolerance", DEFAULT_TOLERANCE, MIN_TOLERANCE, MAX_TOLERANCE));
    reader.finish();
    return config;
  }
}
