package io.signalbox.provider.ses;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URLs that an envelope may name. Anybody can post an envelope, so a URL in it is asked for
 * only if it lies on the one host of SNS that the envelope's topic lives at. A pattern over all
 * regions would take in other names below AWS's domain: that of a bucket called "sns", for one.
 */
final class SnsAddresses {
  private static final Pattern TOPIC_ARN =
      Pattern.compile("arn:(aws[a-z-]*):sns:([a-z0-9-]+):\\d{12}:.+");
  private static final String CHINA = "aws-cn";
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

  /** The URL of a signing certificate; empty if it is not one of the topic's SNS. */
  static Optional<URI> certificate(@Nullable String url, String topicArn) {
    return ofSns(url, topicArn)
        .filter(uri -> uri.getRawQuery() == null)
        .filter(uri -> uri.getRawPath().endsWith(".pem"));
  }

  /** The URL that confirms a subscription; empty if it is not one of the topic's SNS. */
  static Optional<URI> subscription(@Nullable String url, String topicArn) {
    return ofSns(url, topicArn)
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

  private static Optional<URI> ofSns(@Nullable String url, String topicArn) {
    if (url == null || url.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(url);
      boolean good =
          "https".equals(uri.getScheme())
              && isHost(uri.getHost(), topicArn)
              && (uri.getPort() == -1 || uri.getPort() == HTTPS_PORT)
              && uri.getRawUserInfo() == null
              && uri.getRawFragment() == null;
      return good ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isHost(@Nullable String host, String topicArn) {
    Matcher arn = TOPIC_ARN.matcher(topicArn);
    if (host == null || !arn.matches()) {
      return false;
    }
    String top = CHINA.equals(arn.group(1)) ? ".com.cn" : ".com";
    return host.equalsIgnoreCase("sns." + arn.group(2) + ".amazonaws" + top);
  }
}
