package io.signalbox.gateway.api;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.signalbox.gateway.security.RequestLimits.Standing;
import io.vertx.core.http.HttpServerResponse;

/**
 * Says how it stands with a limit of requests (draft-ietf-httpapi-ratelimit-headers): {@code
 * RateLimit-Policy: "tenant";q=100;w=1}, {@code RateLimit: "tenant";r=42;t=1}.
 */
final class RateHeaders {
  private RateHeaders() {}

  static void put(HttpServerResponse response, Standing standing) {
    String name = '"' + standing.limit() + '"';
    long seconds = seconds(standing.waitMillis());
    long window = seconds(standing.windowMillis());
    response
        .putHeader("ratelimit-policy", name + ";q=" + standing.quota() + ";w=" + window)
        .putHeader("ratelimit", name + ";r=" + standing.remaining() + ";t=" + seconds);
    if (!standing.allowed()) {
      response.putHeader(HttpHeaderNames.RETRY_AFTER, Long.toString(Math.max(1, seconds)));
    }
  }

  private static long seconds(long millis) {
    return (millis + 999) / 1000;
  }
}
