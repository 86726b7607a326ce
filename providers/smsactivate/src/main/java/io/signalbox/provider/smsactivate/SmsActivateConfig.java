package io.signalbox.provider.smsactivate;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import io.vertx.core.http.HttpMethod;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The {@code config:} part of a provider that speaks the protocol of SMS-Activate.
 *
 * @param apiKey stands in the URL of every call
 * @param url of every call, without its parameters
 * @param method by which all calls are made
 * @param currency in which the service counts, of ISO 4217; also that of {@code max_price}
 * @param places what countries and services are called by the service
 * @param rentAction {@code getNumberV2}, or {@code getNumber}, which tells no price
 * @param sendsOrderId whether the service knows the parameter {@code orderId}
 * @param freePrice whether the service has prices that the customer may bid up to
 * @param cancelStatus the {@code status} of {@code setStatus} that gives a number back
 * @param zone in which the service tells times
 * @param lifetime how long a number is rented
 * @param webhookSecrets any may stand in the URL of webhooks; empty: all webhooks are refused
 */
record SmsActivateConfig(
    Secret apiKey,
    String url,
    HttpMethod method,
    String currency,
    Places places,
    String rentAction,
    boolean sendsOrderId,
    boolean freePrice,
    String cancelStatus,
    ZoneId zone,
    Duration lifetime,
    List<Secret> webhookSecrets) {

  static final String DEFAULT_PATH = "/stubs/handler_api.php";

  private static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(20);
  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/-]{0,200}");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  static SmsActivateConfig read(ConfigReader reader) {
    Secret apiKey = reader.requiredSecret("api_key");
    String path = reader.text("path").orElse(DEFAULT_PATH);
    if (!PATH.matcher(path).matches()) {
      reader.problem("path", "must be a path that begins with a slash");
    }
    String currency = reader.requiredText("currency");
    if (!currency.isEmpty() && !CURRENCY.matcher(currency).matches()) {
      reader.problem("currency", "must be three capital letters of ISO 4217, such as USD");
    }
    SmsActivateConfig config =
        new SmsActivateConfig(
            apiKey,
            baseUrl(reader) + path,
            HttpMethod.valueOf(reader.oneOf("http_method", "GET", List.of("GET", "POST"))),
            currency,
            Places.read(reader),
            reader.oneOf("rent_action", "getNumberV2", List.of("getNumberV2", "getNumber")),
            reader.flag("order_id", false),
            reader.flag("free_price", false),
            reader.oneOf("cancel_status", "8", List.of("8", "-1")),
            zone(reader),
            reader.duration(
                "lifetime", DEFAULT_LIFETIME, Duration.ofMinutes(1), Duration.ofDays(1)),
            reader.secrets("webhook_secret"));
    reader.finish();
    return config;
  }

  /** There is no host to fall back on: the service that the protocol is named after has closed. */
  private static String baseUrl(ConfigReader reader) {
    return reader.requiredText("base_url").isEmpty() ? "" : reader.url("base_url", "");
  }

  private static ZoneId zone(ConfigReader reader) {
    String name = reader.text("time_zone").orElse("UTC");
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      reader.problem("time_zone", "must be a time zone such as UTC or Europe/Moscow");
      return ZoneOffset.UTC;
    }
  }
}
