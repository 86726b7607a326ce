package io.signalbox.provider.calcom;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import java.util.List;

/**
 * The {@code config:} part of a Cal.com provider.
 *
 * @param apiKey {@code api_key}
 * @param baseUrl without a slash at its end
 * @param eventTypes how callers name what can be booked
 * @param webhookSecrets {@code webhook_secret}: any of them good
 */
record CalComConfig(
    Secret apiKey, String baseUrl, EventTypes eventTypes, List<Secret> webhookSecrets) {

  static final String DEFAULT_BASE_URL = "https://api.cal.com";

  /** The version of the API that the calls of bookings are written for. */
  static final String BOOKINGS_VERSION = "2024-08-13";

  static CalComConfig read(ConfigReader reader) {
    CalComConfig config =
        new CalComConfig(
            reader.requiredSecret("api_key"),
            reader.url("base_url", DEFAULT_BASE_URL),
            EventTypes.read(reader),
            reader.secrets("webhook_secret"));
    reader.finish();
    return config;
  }

  /** Where the bookings are. */
  String bookingsUrl() {
    return baseUrl + "/v2/bookings";
  }
}
