package io.signalbox.gateway.callback;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of an endpoint, taken apart. Hosts are names, or addresses in their one canonical form:
 * numbers that only some resolvers take for an address are refused.
 *
 * @param host a name or an address, without brackets
 * @param uri path and query
 */
public record CallbackUrl(boolean tls, String host, int port, String uri) {
  private static final int LONGEST = 2_048;
  private static final Pattern ENDS_IN_NUMBER =
      Pattern.compile("(.*\\.)?(\\d+|0[xX]\\p{XDigit}*)\\.?");
  private static final String BYTE = "(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])";
  private static final Pattern CANONICAL_IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

  /** A URL cannot be an endpoint's; the message completes a sentence that begins with it. */
  public static final class NotUsableException extends Exception {
    private static final long serialVersionUID = 1;

    NotUsableException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Takes a URL apart.
   *
   * @param allowHttp whether it may be without TLS
   * @throws NotUsableException if it is not of a form that can be called
   */
  public static CallbackUrl parse(String text, boolean allowHttp) throws NotUsableException {
    URI uri = uri(text);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    if (!tls && !(allowHttp && scheme.equals("http"))) {
      throw new NotUsableException(
          allowHttp ? "must begin with https:// or http://" : "must begin with https://");
    }
    if (uri.getRawUserInfo() != null) {
      throw new NotUsableException("must have no user name and no password");
    }
    if (uri.getRawFragment() != null) {
      throw new NotUsableException("must have no fragment");
    }
    String host = host(uri);
    int port = uri.getPort() == -1 ? (tls ? 443 : 80) : uri.getPort();
    if (port < 1 || port > 65_535) {
      throw new NotUsableException("must have a port from 1 to 65535");
    }
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new CallbackUrl(tls, host, port, path + query);
  }

  private static URI uri(String text) throws NotUsableException {
    boolean plain = text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (!plain || text.length() > LONGEST) {
      throw new NotUsableException("must have at most 2048 visible ASCII characters");
    }
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new NotUsableException("must be a URL");
    }
  }

  private static String host(URI uri) throws NotUsableException {
    String host = uri.getHost();
    if (host == null || host.isEmpty()) {
      throw new NotUsableException("must name a host");
    }
    if (host.startsWith("[")) {
      String literal = host.substring(1, host.length() - 1);
      if (AddressRules.literal(literal) == null) {
        throw new NotUsableException("must name an IPv6 address without a zone");
      }
      return literal;
    }
    if (ENDS_IN_NUMBER.matcher(host).matches() && !CANONICAL_IPV4.matcher(host).matches()) {
      throw new NotUsableException("must name an IPv4 address as four decimal numbers");
    }
    return host;
  }

  /** The part of a URL that says who is asked; the whole text if it is none. */
  static String place(String text) {
    try {
      URI uri = new URI(text);
      return uri.getScheme() + "://" + uri.getRawAuthority();
    } catch (URISyntaxException e) {
      return text;
    }
  }

  /** The address, if the host is one; null if it is a name. */
  public @Nullable InetAddress literal() {
    return AddressRules.literal(host);
  }

  /** The host as URLs and the header {@code Host} have it. */
  String hostInHeader() {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }
}
