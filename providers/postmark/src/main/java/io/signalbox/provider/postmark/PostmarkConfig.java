package io.signalbox.provider.postmark;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code config:} part of a Postmark provider.
 *
 * @param serverToken {@code server_token}
 * @param from {@code from}: a confirmed sender, with or without a name
 * @param messageStream {@code message_stream}
 * @param baseUrl without a slash at its end
 * @param webhookCredentials {@code webhook_credentials}: {@code user:password}, any of them good
 * @param webhookHeader {@code webhook_header}: a header that webhooks carry; null for none
 * @param webhookHeaderValues {@code webhook_header_value}: any of them good
 */
record PostmarkConfig(
    Secret serverToken,
    String from,
    String messageStream,
    String baseUrl,
    List<Secret> webhookCredentials,
    @Nullable String webhookHeader,
    List<Secret> webhookHeaderValues) {

  static final String DEFAULT_BASE_URL = "https://api.postmarkapp.com";

  /** Postmark's own name of a server's stream for transactional mail. */
  static final String DEFAULT_STREAM = "outbound";

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,100}");

  static PostmarkConfig read(ConfigReader reader) {
    String from = reader.requiredText("from");
    if (!from.isEmpty() && (from.indexOf('@') < 1 || from.matches("(?s).*[\\r\\n].*"))) {
      reader.problem("from", "must be a mail address, or a name and <address>, on one line");
    }
    List<Secret> credentials = reader.secrets("webhook_credentials");
    if (credentials.stream().anyMatch(pair -> pair.reveal().indexOf(':') < 1)) {
      reader.problem("webhook_credentials", "must be user:password, or a list of such");
    }
    Optional<String> header = reader.text("webhook_header");
    if (header.isPresent() && !HEADER.matcher(header.get()).matches()) {
      reader.problem("webhook_header", "must be the name of a header, such as X-Signalbox-Token");
    }
    List<Secret> values = reader.secrets("webhook_header_value");
    if (header.isPresent() == values.isEmpty()) {
      reader.problem(
          values.isEmpty() ? "webhook_header_value" : "webhook_header",
          "is required, since the other half of the header is there");
    }
    PostmarkConfig config =
        new PostmarkConfig(
            reader.requiredSecret("server_token"),
            from,
            reader.text("message_stream").orElse(DEFAULT_STREAM),
            reader.url("base_url", DEFAULT_BASE_URL),
            credentials,
            header.orElse(null),
            values);
    reader.finish();
    return config;
  }
}
