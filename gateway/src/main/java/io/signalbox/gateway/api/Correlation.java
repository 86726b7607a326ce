package io.signalbox.gateway.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The trace id of a request (W3C {@code traceparent}): the caller's, or a new one. It is answered,
 * and stands in the log as {@code correlation_id}.
 */
final class Correlation {
  static final String TRACEPARENT = "traceparent";
  static final String HEADER = "x-correlation-id";

  private static final String KEY = "signalbox.correlation";
  private static final int TRACE_START = 3;
  private static final int TRACE_END = 35;
  private static final int LENGTH = 55;
  private static final HexFormat HEX = HexFormat.of();

  private Correlation() {}

  /** Notes the id, puts it into the answer and goes on. */
  static void begin(RoutingContext ctx) {
    note(ctx);
    ctx.next();
  }

  /** Notes the id and puts it into the answer. */
  static void note(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    String parent = request.getHeader(TRACEPARENT);
    String id;
    String flags;
    if (parent != null && isTraceparent(parent)) {
      id = parent.substring(TRACE_START, TRACE_END);
      flags = parent.substring(LENGTH - 2);
    } else {
      id = HEX.toHexDigits(random()) + HEX.toHexDigits(random());
      flags = "00";
    }
    ctx.put(KEY, id);
    ctx.response()
        .putHeader(TRACEPARENT, "00-" + id + "-" + HEX.toHexDigits(random()) + "-" + flags)
        .putHeader(HEADER, id);
  }

  /** The id of a request. */
  static String id(RoutingContext ctx) {
    String id = ctx.get(KEY);
    return id == null ? "" : id;
  }

  private static long random() {
    return ThreadLocalRandom.current().nextLong() | 1;
  }

  private static boolean isTraceparent(String text) {
    if (text.length() != LENGTH || !text.startsWith("00-")) {
      return false;
    }
    boolean zero = true;
    for (int i = TRACE_START; i < LENGTH; i++) {
      char c = text.charAt(i);
      if (i == TRACE_END || i == LENGTH - 3) {
        if (c != '-') {
          return false;
        }
      } else if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        return false;
      }
      zero &= i >= TRACE_END || c == '0';
    }
    return !zero;
  }
}
