package io.signalbox.simulator.core;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** URLs that webhooks can be sent to. */
public final class WebUrl {
  private static final int MAX_LENGTH = 2048;

  private WebUrl() {}

  /** The URL if it is http or https and has a host. */
  public static Optional<URI> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(text);
      boolean web =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      return web && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException notAUrl) {
      return Optional.empty();
    }
  }
}
