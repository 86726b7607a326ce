package io.signalbox.gateway.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** A list of addresses of Redis. */
final class RedisUrls {
  private RedisUrls() {}

  static ValueType<List<String>> type() {
    return ValueTypes.type(
        "list",
        "redis:// or rediss:// URLs",
        "must be a list of URLs of one scheme, without user and password, such as"
            + " redis://localhost:6379, or rediss:// for TLS",
        text -> ValueTypes.list(text, RedisUrls::url).filter(RedisUrls::haveOneScheme));
  }

  private static Optional<String> url(String text) {
    try {
      URI uri = new URI(text);
      boolean redis = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
      boolean plain = uri.getUserInfo() == null && uri.getQuery() == null;
      boolean database = uri.getPath() != null && uri.getPath().matches("|/|/[0-9]{1,4}");
      return redis && plain && database && uri.getHost() != null
          ? Optional.of(text)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean haveOneScheme(List<String> urls) {
    return urls.stream().map(url -> url.substring(0, url.indexOf(':'))).distinct().count() <= 1;
  }
}
