package io.signalbox.provider.mailgun;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The {@code config:} part of a Mailgun provider.
 *
 * @param apiKey {@code api_key}: sends
 * @param eventsApiKey {@code events_api_key}: looks up; the same as {@code apiKey} unless given
 * @param domain {@code domain}: the sending domain; stands in URLs
 * @param from {@code from}: the sender, with or without a name
 * @param baseUrl that of the {@code region}, unless {@code base_url} is given
 * @param webhookSigningKeys {@code webhook_signing_key}: one or, during a rotation, several;
 *     without one every webhook is refused
 * @param webhookTolerance {@code webhook_tolerance}
 */
record MailgunConfig(
    Secret apiKey,
    Secret eventsApiKey,
    String domain,
    String from,
    String baseUrl,
    List<Secret> webhookSigningKeys,
    Duration webhookTolerance) {

  /** Mailgun's hosts; an account lives in one of the regions, and the other does not know it. */
  private static final Map<String, String> REGIONS =
      Map.of("us", "https://api.mailgun.net", "eu", "https://api.eu.mailgun.net");

  /**
   * Mailgun repeats a webhook for about eight hours, and does not say whether it signs each repeat
   * anew; a token is good for one event only, so that a wide tolerance costs little.
   */
  static final Duration DEFAULT_TOLERANCE = Duration.ofHours(24);

  private static final Duration MIN_TOLERANCE = Duration.ofSeconds(1);
  private static final Duration MAX_TOLERANCE = Duration.ofDays(7);

  private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,252})");

  static MailgunConfig read(ConfigReader reader) {
    Secret apiKey = reader.requiredSecret("api_key");
    String domain = reader.requiredText("domain");
    if (!domain.isEmpty() && !DOMAIN.matcher(domain).matches()) {
      reader.problem("domain", "must be the sending domain, such as mg.example.com");
    }
    String from = reader.requiredText("from");
    if (!from.isEmpty() && (from.indexOf('@') < 1 || from.matches("(?s).*[\\r\\n].*"))) {
      reader.problem("from", "must be a mail address, or a name and <address>, on one line");
    }
    String region = reader.oneOf("region", "us", List.of("us", "eu"));
    MailgunConfig config =
        new MailgunConfig(
            apiKey,
            reader.secret("events_api_key").orElse(apiKey),
            domain,
            from,
            reader.url("base_url", REGIONS.getOrDefault(region, "")),
            reader.secrets("webhook_signing_key"),
            reader.duration("webhook_tolerance", DEFAULT_TOLERANCE, MIN_TOLERANCE, MAX_TOLERANCE));
    reader.finish();
    return config;
  }

  String messagesUrl() {
    return baseUrl + "/v3/" + domain + "/messages";
  }

  String eventsUrl() {
    return baseUrl + "/v3/" + domain + "/events";
  }
}
