package io.signalbox.gateway.webhook;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What of a webhook's request is stored beside its body: enough to understand the body later, and
 * never what a sender could prove itself with.
 */
final class KeptRequest {
  private static final int MAX_HEADERS = 40;
  private static final int MAX_VALUE = 1_000;
  private static final int MAX_URL = 16_384;
  private static final String MASK = "***";

  private static final List<String> SECRET_WORDS =
      List.of("authorization", "cookie", "secret", "token", "passw", "key", "credential");
  private static final List<String> TELLING_WORDS =
      List.of("content-", "signature", "timestamp", "user-agent", "message-type", "topic");

  private static final Pattern USER_INFO = Pattern.compile("^([a-z]+://)[^/?#]*@");
  private static final Pattern PARAMETER = Pattern.compile("([?&])([^=&#]*)=([^&#]*)");

  private KeptRequest() {}

  /** The headers that tell what the body is, as a JSON object. */
  static String headers(MultiMap headers) {
    JsonObject kept = new JsonObject();
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (isTelling(name) && !isSecret(name) && kept.size() < MAX_HEADERS) {
        kept.put(name, cut(header.getValue(), MAX_VALUE));
      }
    }
    return kept.encode();
  }

  /** The URL, with its secrets blotted out. */
  static String url(String url) {
    String withoutUser = USER_INFO.matcher(url).replaceFirst("$1" + MASK + "@");
    String masked =
        PARAMETER
            .matcher(withoutUser)
            .replaceAll(
                found -> isSecret(found.group(2).toLowerCase(Locale.ROOT)) ? "$1$2=" + MASK : "$0");
    return cut(masked, MAX_URL);
  }

  private static boolean isTelling(String name) {
    return name.endsWith("-id") || TELLING_WORDS.stream().anyMatch(name::contains);
  }

  private static boolean isSecret(String name) {
    return SECRET_WORDS.stream().anyMatch(name::contains);
  }

  private static String cut(String value, int length) {
    return value.length() <= length ? value : value.substring(0, length);
  }
}
