package io.signalbox.gateway.api;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * What every answer says to browsers: that nothing of it is kept, guessed at, framed or told to
 * others, and that a page runs nothing but this gateway's own files.
 */
final class SecureHeaders {
  /** Pages may load scripts, styles, images and data of this gateway; what is no page, nothing. */
  private static final CharSequence POLICY =
      HttpHeaders.createOptimized(
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'none';"
              + " frame-ancestors 'none'");

  private static final CharSequence CONTENT_SECURITY_POLICY =
      HttpHeaders.createOptimized("content-security-policy");
  private static final CharSequence CONTENT_TYPE_OPTIONS =
      HttpHeaders.createOptimized("x-content-type-options");
  private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence REFERRER_POLICY =
      HttpHeaders.createOptimized("referrer-policy");
  private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
  private static final CharSequence STRICT_TRANSPORT =
      HttpHeaders.createOptimized("strict-transport-security");
  private static final CharSequence A_YEAR = HttpHeaders.createOptimized("max-age=31536000");

  private SecureHeaders() {}

  /** Adds them to an answer, which may replace them. */
  static void put(MultiMap answer, boolean overTls) {
    answer
        .set(CONTENT_TYPE_OPTIONS, NO_SNIFF)
        .set(HttpHeaders.CACHE_CONTROL, NO_STORE)
        .set(REFERRER_POLICY, NO_REFERRER)
        .set(CONTENT_SECURITY_POLICY, POLICY);
    if (overTls) {
      answer.set(STRICT_TRANSPORT, A_YEAR);
    }
  }
}
