package io.signalbox.provider.vonage;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The {@code config:} part of a Vonage provider.
 *
 * @param apiKey the account's key; webhooks that name another one are refused
 * @param baseUrl without a slash at its end
 * @param from a number without plus sign, or a name
 * @param signatureSecrets any may have signed a webhook; empty if webhooks are not signed
 * @param signatureMethod how the account signs delivery receipts
 * @param signatureTolerance how far a signed time may lie from now, in both directions
 * @param webhookUnsigned whether webhooks are believed although they are not signed
 */
record VonageConfig(
    String apiKey,
    Secret apiSecret,
    String baseUrl,
    String from,
    List<Secret> signatureSecrets,
    SigMethod signatureMethod,
    Duration signatureTolerance,
    boolean webhookUnsigned) {

  static final String DEFAULT_BASE_URL = "https://rest.nexmo.com";

  /** The tolerance that Vonage's own Java SDK has. */
  static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

  private static final Duration MAX_TOLERANCE = Duration.ofDays(2);
  private static final Pattern SENDER = Pattern.compile("\\d{1,15}|[^+].{0,10}");

  static VonageConfig read(ConfigReader reader) {
    String from = reader.requiredText("from");
    if (!from.isEmpty() && !SENDER.matcher(from).matches()) {
      reader.problem("from", "must be a number without plus sign or a name of up to 11 characters");
    }
    List<Secret> secrets = reader.secrets("signature_secret");
    boolean unsigned = reader.flag("webhook_unsigned", false);
    if (unsigned && !secrets.isEmpty()) {
      reader.problem("webhook_unsigned", "must not be true while there is a signature_secret");
    }
    List<String> methods = Arrays.stream(SigMethod.values()).map(SigMethod::wireName).toList();
    SigMethod method =
        SigMethod.ofWireName(
            reader.oneOf("signature_method", SigMethod.SHA256.wireName(), methods));
    VonageConfig config =
        new VonageConfig(
            reader.requiredText("api_key"),
            reader.requiredSecret("api_secret"),
            reader.url("base_url", DEFAULT_BASE_URL),
            from,
            secrets,
            method,
            reader.duration(
                "signature_tolerance", DEFAULT_TOLERANCE, Duration.ofSeconds(1), MAX_TOLERANCE),
            unsigned);
    reader.finish();
    return config;
  }

  String sendUrl() {
    return baseUrl + "/sms/json";
  }
}
