package io.signalbox.gateway.api;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.signalbox.gateway.quota.QuotaStanding;
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

  /**
   * The same for a quota of notifications, beside what else is told.
   *
   * @param refused whether the request was refused for it
   */
  static void add(HttpServerResponse response, QuotaStanding standing, boolean refused) {
    String name = '"' + standing.name() + '"';
    String policy = name + ";q=" + standing.limit() + ";w=" + standing.lengthSeconds();
    String limit = name + ";r=" + standing.remaining() + ";t=" + standing.resetSeconds();
    append(response, "ratelimit-policy", policy);
    append(response, "ratelimit", limit);
    if (refused) {
      response.putHeader(HttpHeaderNames.RETRY_AFTER, Long.toString(standing.resetSeconds()));
    }
  }

  /** For who was not looked at because too many credentials from there were refused. */
  static void refusedSignIns(HttpServerResponse response) {
    response
        .putHeader("ratelimit-policy", "\"refused-sign-ins\";q=100;w=5")
        .putHeader("ratelimit", "\"refused-sign-ins\";r=0;t=1")
        .putHeader(HttpHeaderNames.RETRY_AFTER, "1");
  }

  private static void append(HttpServerResponse response, String header, String item) {
    String before = response.headers().get(header);
    response.putHeader(header, before == null ? item : before + ", " + item);
  }

  private static long seconds(long millis) {
    return (millis + 999) / 1000;
  }
}
