package io.signalbox.provider.ses;

import io.signalbox.spi.ConfigReader;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of an SES provider.
 *
 * @param region {@code region}, such as {@code eu-west-1}
 * @param credentials {@code access_key_id}, {@code secret_access_key}, {@code session_token}
 * @param baseUrl {@code base_url}: the region's own endpoint unless given
 * @param from {@code from}: an address of a verified identity, also as {@code Name <address>}
 * @param configurationSet {@code configuration_set}: null for the identity's default
 * @param sns the keys of webhooks
 */
record SesConfig(
    String region,
    AwsCredentials credentials,
    String baseUrl,
    String from,
    @Nullable String configurationSet,
    SnsConfig sns) {

  private static final Pattern REGION = Pattern.compile("[a-z]{2,8}(-[a-z]{2,16}){1,3}-\\d{1,2}");
  private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");
  private static final Pattern CONFIGURATION_SET = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  static SesConfig read(ConfigReader reader) {
    String region = reader.requiredText("region");
    if (!region.isEmpty() && !REGION.matcher(region).matches()) {
      reader.problem("region", "must be the code of a region, such as eu-west-1");
    }
    SesConfig config =
        new SesConfig(
            region,
            new AwsCredentials(
                reader.requiredText("access_key_id"),
                reader.requiredSecret("secret_access_key"),
                reader.secret("session_token").orElse(null)),
            reader.url("base_url", "https://email." + region + ".amazonaws.com"),
            from(reader),
            configurationSet(reader),
            SnsConfig.read(reader));
    reader.finish();
    return config;
  }

  private static String from(ConfigReader reader) {
    String from = reader.requiredText("from");
    if (!from.isEmpty() && from.indexOf('@') < 1) {
      reader.problem("from", "must be a mail address, or Name <address>");
    } else if (!ASCII.matcher(from).matches()) {
      reader.problem(
          "from", "must be ASCII, as SES asks; write other letters as =?UTF-8?B?(base64)?=");
    }
    return from;
  }

  private static @Nullable String configurationSet(ConfigReader reader) {
    Optional<String> name = reader.text("configuration_set");
    if (name.isPresent() && !CONFIGURATION_SET.matcher(name.get()).matches()) {
      reader.problem("configuration_set", "has 1 to 64 letters, digits, hyphens and underscores");
    }
    return name.orElse(null);
  }
}
