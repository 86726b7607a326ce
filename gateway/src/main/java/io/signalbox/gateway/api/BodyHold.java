package io.signalbox.gateway.api;

import io.vertx.ext.web.RoutingContext;

/**
 * Holds the body of a request back while something has to be known first, such as who calls. Of
 * several who hold it at a time the last one lets it come: what comes before there is a handler for
 * it is lost. Used on the request's event loop.
 */
final class BodyHold {
  private static final String KEY = "signalbox.body-hold";

  private final RoutingContext ctx;
  private int holders;

  private BodyHold(RoutingContext ctx) {
    this.ctx = ctx;
  }

  /** Holds the body back, until {@link #release} is called as often as this. */
  static BodyHold of(RoutingContext ctx) {
    BodyHold known = ctx.get(KEY);
    BodyHold hold = known == null ? new BodyHold(ctx) : known;
    if (known == null) {
      ctx.put(KEY, hold);
    }
    // What was read to its end cannot be paused, and need not be.
    if (hold.holders++ == 0 && !ctx.request().isEnded()) {
      ctx.request().pause();
    }
    return hold;
  }

  /** Lets the body come, if nobody else holds it. */
  void release() {
    if (--holders == 0 && !ctx.request().isEnded()) {
      ctx.request().resume();
    }
  }
}
