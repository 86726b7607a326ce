package io.signalbox.provider.ses;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URLs that an envelope may name. Anybody can post an envelope, so a URL in it is asked for
 * only if it lies on a host of SNS.
 */
final class SnsAddresses {
  private static final Pattern HOST =
      Pattern.compile("sns\\.[a-zA-Z0-9-]{3,}\\.amazonaws\\.com(\\.cn)?");
  private static final int HTTPS_PORT = 443;
  private static final int MAX_LENGTH = 2048;

  private final @Nullable String baseUrl;

  /**
   * Makes the rules.
   *
   * @param baseUrl what takes the place of scheme, host and port when a URL that has passed is
   *     asked for; null to ask it as it is
   */
  SnsAddresses(@Nullable String baseUrl) {
    this.baseUrl = baseUrl;
  }

  /** The URL of a signing certificate; empty if it is not one of SNS. */
  static Optional<URI> certificate(@Nullable String url) {
    return ofSns(url)
        .filter(uri -> uri.getRawQuery() == null)
        .filter(uri -> uri.getRawPath().endsWith(".pem"));
  }

  /** The URL that confirms a subscription; empty if it is not one of SNS. */
  static Optional<URI> subscription(@Nullable String url) {
    return ofSns(url)
        .filter(uri -> uri.getRawQuery() != null)
        .filter(uri -> uri.getRawQuery().contains("Action=ConfirmSubscription"));
  }

  /** Where a URL that has passed is asked for. */
  String target(URI uri) {
    if (baseUrl == null) {
      return uri.toString();
    }
    String query = uri.getRawQuery();
    return baseUrl + uri.getRawPath() + (query == null ? "" : "?" + query);
  }

  private static Optional<URI> ofSns(@Nullable String url) {
    if (url == null || url.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(url);
      boolean good =
          "https".equals(uri.getScheme())
              && uri.getHost() != null
              && HOST.matcher(uri.getHost()).matches()
              && (uri.getPort() == -1 || uri.getPort() == HTTPS_PORT)
              && uri.getRawUserInfo() == null
              && uri.getRawFragment() == null;
      return good ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
