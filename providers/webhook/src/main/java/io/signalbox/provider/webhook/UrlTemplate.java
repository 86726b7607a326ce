package io.signalbox.provider.webhook;

import io.signalbox.spi.ConfigReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of the requests, with placeholders in its path and query. Values are percent-encoded, so
 * that each stays one segment of the path, or one value of the query.
 *
 * @param host scheme, host and port, which no value can change
 */
record UrlTemplate(String host, TextTemplate rest) {
  private static final Pattern PARTS = Pattern.compile("(https?://[^/?#{}@\\s]+)([/?].*)?");
  private static final Pattern DOTS = Pattern.compile("\\.{1,2}");
  private static final String RULE =
      "must be one of the placeholders that the README lists, or {{tags.<name>}}";

  static UrlTemplate read(ConfigReader reader, String key) {
    String text = reader.requiredText(key);
    Matcher parts = PARTS.matcher(text);
    boolean matches = parts.matches();
    TextTemplate rest =
        TextTemplate.parse(
            matches && parts.group(2) != null ? parts.group(2) : "",
            reader,
            key,
            Values::isName,
            RULE);
    if (!text.isEmpty() && (!matches || !isUrl(text))) {
      reader.problem(
          key,
          "must be a URL that begins with http:// or https://, with placeholders only in its path"
              + " and query");
    }
    if (rest.hasNumber()) {
      reader.problem(key, "must have its placeholders without :number, which is for JSON");
    }
    return new UrlTemplate(matches ? parts.group(1) : "", rest);
  }

  /** The URL of one request. */
  String render(Values values) {
    return host + rest.render(values, UrlTemplate::encoded);
  }

  /**
   * The name of a placeholder whose value would climb in the path instead of being a part of it.
   */
  Optional<String> unfit(Values values) {
    return rest.placeholders().stream()
        .filter(
            name -> {
              String value = values.text(name);
              return value != null && DOTS.matcher(value).matches();
            })
        .findFirst();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static boolean isUrl(String text) {
    try {
      return new URI(text.replace("{{", "").replace("}}", "")).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "UrlTemplate[" + host + "]";
  }
}
