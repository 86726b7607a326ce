package io.signalbox.provider.twilio;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code config:} part of a Twilio provider.
 *
 * @param accountSid the account, {@code AC…}; stands in the URL
 * @param user what requests sign in with: the account's SID, or that of an API key
 * @param password the auth token, or the API key's secret
 * @param webhookTokens auth tokens that may have signed a webhook; never API keys
 * @param baseUrl without a slash at its end
 * @param sender who the message comes from
 */
record TwilioConfig(
    String accountSid,
    String user,
    Secret password,
    List<Secret> webhookTokens,
    String baseUrl,
    Sender sender) {

  static final String DEFAULT_BASE_URL = "https://api.twilio.com";

  /**
   * The form of a SID. Twilio's have 32 hex digits; what matters here is that a URL can hold it.
   */
  private static final Pattern ACCOUNT_SID = Pattern.compile("AC[0-9A-Za-z]{1,64}");

  /**
   * Who a message comes from.
   *
   * @param field the form's field, {@code From} or {@code MessagingServiceSid}
   * @param value a number or name, or the SID of a messaging service
   */
  record Sender(String field, String value) {}

  static TwilioConfig read(ConfigReader reader) {
    String accountSid = reader.requiredText("account_sid");
    if (!accountSid.isEmpty() && !ACCOUNT_SID.matcher(accountSid).matches()) {
      reader.problem("account_sid", "must be the SID of an account, AC and letters and digits");
    }
    Secret authToken = reader.requiredSecret("auth_token");
    Optional<String> keySid = reader.text("api_key_sid");
    Optional<Secret> keySecret = reader.secret("api_key_secret");
    if (keySid.isPresent() != keySecret.isPresent()) {
      reader.problem(
          keySid.isPresent() ? "api_key_secret" : "api_key_sid",
          "is required, since the other half of the API key is there");
    }
    List<Secret> webhookTokens = new ArrayList<>();
    webhookTokens.add(authToken);
    webhookTokens.addAll(reader.secrets("webhook_auth_tokens"));
    String baseUrl = reader.url("base_url", DEFAULT_BASE_URL);
    Sender sender = sender(reader);
    reader.finish();
    return new TwilioConfig(
        accountSid,
        keySid.orElse(accountSid),
        keySecret.orElse(authToken),
        List.copyOf(webhookTokens),
        baseUrl,
        sender);
  }

  String messagesUrl() {
    return baseUrl + "/2010-04-01/Accounts/" + accountSid + "/Messages.json";
  }

  String messageUrl(String sid) {
    return baseUrl + "/2010-04-01/Accounts/" + accountSid + "/Messages/" + sid + ".json";
  }

  private static Sender sender(ConfigReader reader) {
    Optional<String> from = reader.text("from");
    Optional<String> service = reader.text("messaging_service_sid");
    if (from.isPresent() == service.isPresent()) {
      reader.problem("from", "is required unless messaging_service_sid is there, and never both");
    }
    return from.map(number -> new Sender("From", number))
        .orElseGet(() -> new Sender("MessagingServiceSid", service.orElse("")));
  }
}
