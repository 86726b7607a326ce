package io.signalbox.provider.whatsapp;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The {@code config:} part of a WhatsApp provider.
 *
 * @param phoneNumberId Meta's id of the number that sends; digits
 * @param accessToken of a system user
 * @param numberUrl the URL of the number's node: base URL, API version, phone number id
 * @param previewUrl whether links in texts are shown with a preview
 * @param templates which notifications are sent as templates
 * @param appSecrets any may have signed a webhook; empty: all are refused
 * @param verifyTokens any is good in the challenge that a webhook's URL is verified with; empty:
 *     every challenge is refused
 * @param marketingStopUnsubscribes whether a user who stops marketing messages counts as
 *     unsubscribed from everything
 */
record WhatsAppConfig(
    String phoneNumberId,
    Secret accessToken,
    String numberUrl,
    boolean previewUrl,
    WhatsAppTemplates templates,
    List<Secret> appSecrets,
    List<Secret> verifyTokens,
    boolean marketingStopUnsubscribes) {

  static final String DEFAULT_BASE_URL = "https://graph.facebook.com";
  static final String DEFAULT_API_VERSION = "v23.0";

  private static final Pattern PHONE_NUMBER_ID = Pattern.compile("\\d{1,32}");
  private static final Pattern API_VERSION = Pattern.compile("v\\d{1,3}\\.\\d{1,2}");
  private static final String UNSUBSCRIBE = "unsubscribe";

  static WhatsAppConfig read(ConfigReader reader) {
    String phoneNumberId = reader.requiredText("phone_number_id");
    if (!phoneNumberId.isEmpty() && !PHONE_NUMBER_ID.matcher(phoneNumberId).matches()) {
      reader.problem("phone_number_id", "must be the number's id at Meta, digits only");
    }
    String version = reader.text("api_version").orElse(DEFAULT_API_VERSION);
    if (!API_VERSION.matcher(version).matches()) {
      reader.problem("api_version", "must be a version of the Graph API, such as v23.0");
    }
    String baseUrl = reader.url("base_url", DEFAULT_BASE_URL);
    String onStop = reader.oneOf("on_marketing_stop", UNSUBSCRIBE, List.of(UNSUBSCRIBE, "note"));
    WhatsAppConfig config =
        new WhatsAppConfig(
            phoneNumberId,
            reader.requiredSecret("access_token"),
            baseUrl + "/" + version + "/" + phoneNumberId,
            reader.flag("preview_url", false),
            WhatsAppTemplates.read(reader),
            reader.secrets("app_secret"),
            reader.secrets("verify_token"),
            onStop.equals(UNSUBSCRIBE));
    reader.finish();
    return config;
  }

  String messagesUrl() {
    return numberUrl + "/messages";
  }
}
