package io.signalbox.provider.vonage;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code config:} part of a Vonage provider.
 *
 * @param api through which messages are sent
 * @param apiKey the account's key; webhooks that name another one are refused
 * @param apiSecret the account's secret
 * @param application signs the calls of the Messages API; null where key and secret do
 * @param baseUrl of the sending API, without a slash at its end
 * @param reportsUrl of the Reports API, without a slash at its end
 * @param from a number without plus sign, or a name
 * @param signatureSecrets any may have signed a webhook; empty if webhooks are not signed
 * @param signatureMethod how the account signs delivery receipts
 * @param signatureTolerance how far a signed time may lie from now, in both directions
 * @param webhookUnsigned whether webhooks are believed although they are not signed
 */
record VonageConfig(
    Api api,
    String apiKey,
    Secret apiSecret,
    @Nullable Application application,
    String baseUrl,
    String reportsUrl,
    String from,
    List<Secret> signatureSecrets,
    SigMethod signatureMethod,
    Duration signatureTolerance,
    boolean webhookUnsigned) {

  /** The tolerance that Vonage's own Java SDK has. */
  static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

  private static final String DEFAULT_REPORTS_URL = "https://api.nexmo.com";
  private static final Duration MAX_TOLERANCE = Duration.ofDays(2);
  private static final Pattern SENDER = Pattern.compile("\\d{1,15}|[^+].{0,10}");

  /** Vonage's APIs that send texts. */
  enum Api {
    SMS("https://rest.nexmo.com"),
    MESSAGES("https://api.nexmo.com");

    private final String defaultUrl;

    Api(String defaultUrl) {
      this.defaultUrl = defaultUrl;
    }

    /** The name in configurations. */
    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An application of the account.
   *
   * @param id of Vonage
   * @param key signs its tokens
   */
  record Application(String id, ApplicationKey key) {}

  static VonageConfig read(ConfigReader reader) {
    Api api =
        Api.valueOf(
            reader.oneOf("api", "sms", List.of("sms", "messages")).toUpperCase(Locale.ROOT));
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
    String baseUrl = reader.url("base_url", "");
    VonageConfig config =
        new VonageConfig(
            api,
            reader.requiredText("api_key"),
            reader.requiredSecret("api_secret"),
            application(reader, api).orElse(null),
            baseUrl.isEmpty() ? api.defaultUrl : baseUrl,
            reader.url("reports_url", baseUrl.isEmpty() ? DEFAULT_REPORTS_URL : baseUrl),
            from,
            secrets,
            method,
            reader.duration(
                "signature_tolerance", DEFAULT_TOLERANCE, Duration.ofSeconds(1), MAX_TOLERANCE),
            unsigned);
    reader.finish();
    return config;
  }

  private static Optional<Application> application(ConfigReader reader, Api api) {
    Optional<String> id = reader.text("application_id");
    Optional<Secret> pem = reader.secret("private_key");
    if (id.isPresent() != pem.isPresent()) {
      reader.problem(
          id.isPresent() ? "private_key" : "application_id",
          "is required, since the other half of the application is there");
    }
    if (id.isPresent() && api != Api.MESSAGES) {
      reader.problem("application_id", "is of use with api: messages only");
    }
    Optional<ApplicationKey> key = pem.flatMap(text -> ApplicationKey.read(text.reveal()));
    if (pem.isPresent() && key.isEmpty()) {
      reader.problem(
          "private_key",
          "must be the PEM of an RSA key of 2048 bits or more, -----BEGIN PRIVATE KEY-----"
              + " (PKCS#8)");
    }
    return id.flatMap(name -> key.map(found -> new Application(name, found)));
  }
}
