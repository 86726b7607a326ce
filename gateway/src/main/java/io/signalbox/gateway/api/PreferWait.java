package io.signalbox.gateway.api;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The preferences {@code wait} and {@code respond-async} of the header {@code Prefer} (RFC 7240).
 */
final class PreferWait {
  /** For as long as the gateway allows. */
  static final Duration LONGEST = Duration.ofDays(1);

  private static final String WAIT = "wait=";
  private static final int MOST_DIGITS = 5;

  private PreferWait() {}

  /**
   * How long a caller wants to wait; what is no preference of ours is left alone, as RFC 7240 says.
   */
  static Duration of(HttpServerRequest request) {
    return of(request.headers().getAll("prefer"));
  }

  static Duration of(List<String> headers) {
    boolean async = false;
    for (String header : headers) {
      for (String part : header.split("[,;]", -1)) {
        String preference = part.replace(" ", "").replace("\"", "").toLowerCase(Locale.ROOT);
        if (preference.startsWith(WAIT)) {
          String seconds = preference.substring(WAIT.length());
          boolean number =
              !seconds.isEmpty()
                  && seconds.length() <= MOST_DIGITS
                  && seconds.chars().allMatch(c -> c >= '0' && c <= '9');
          if (number) {
            return Duration.ofSeconds(Long.parseLong(seconds));
          }
        }
        async |= preference.equals("respond-async");
      }
    }
    return async ? Duration.ZERO : LONGEST;
  }
}
