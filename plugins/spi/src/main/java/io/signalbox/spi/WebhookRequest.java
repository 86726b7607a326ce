package io.signalbox.spi;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it came in: plain values, so that a provider can be tested without a server.
 *
 * @param method {@code GET} or {@code POST}
 * @param url the URL as the provider called it, scheme, host, port, path and raw query included;
 *     providers that sign their URL need it to the letter
 * @param rawQuery the query string without its question mark; empty if there is none
 * @param headers names are compared without regard to case
 * @param body the raw bytes, untouched; signatures are checked on these
 * @param receivedAt when it arrived
 */
public record WebhookRequest(
    String method, String url, String rawQuery, MultiMap headers, Buffer body, Instant receivedAt) {

  /**
   * {@return the first header of that name, or null}
   *
   * @param name in any case
   */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  @Override
  public String toString() {
    return "WebhookRequest[" + method + " " + body.length() + " bytes]";
  }
}
