package io.signalbox.simulator.webhook;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.Map;

/** A webhook ready to be posted. */
public record WebhookCall(URI url, Map<String, String> headers, Buffer body) {

  /** Copies the headers. */
  public WebhookCall {
    headers = Map.copyOf(headers);
  }

  /** Scheme, host and port: what a connection is made to. */
  Origin origin() {
    boolean tls = "https".equalsIgnoreCase(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
    String host = url.getHost();
    // An IPv6 address stands in brackets in a URL, and without them everywhere else.
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new Origin(tls, bare, port);
  }

  /** Path and query exactly as in the URL, because signatures cover them. */
  String requestUri() {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  @Override
  public String toString() {
    return "WebhookCall[" + body.length() + " bytes]";
  }

  record Origin(boolean tls, String host, int port) {}
}
