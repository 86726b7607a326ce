package io.signalbox.gateway.api;

import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.trail.LogLevels;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A line for each request, once it is answered or broken off, where the log named {@code access}
 * tells such. Neither paths nor queries stand in it, which may hold recipients: the template of the
 * path does.
 */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger(LogLevels.ACCESS);
  private static final String CALLER = "signalbox.access.caller";

  private AccessLog() {}

  /** A request begins. */
  static void watch(RoutingContext ctx) {
    if (LOG.isInfoEnabled()) {
      long begun = System.nanoTime();
      ctx.addEndHandler(ended -> write(ctx, begun, ended.failed()));
    }
  }

  /** It is known who makes it. */
  static void by(RoutingContext ctx, Caller caller) {
    if (LOG.isInfoEnabled()) {
      ctx.put(CALLER, caller);
    }
  }

  private static void write(RoutingContext ctx, long begunNanos, boolean brokenOff) {
    long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begunNanos);
    LoggingEventBuilder line =
        LOG.atInfo()
            .addKeyValue("method", ctx.request().method().name())
            .addKeyValue("route", RouteName.of(ctx))
            .addKeyValue("status", ctx.response().getStatusCode())
            .addKeyValue("bytes", ctx.response().bytesWritten())
            .addKeyValue("duration_ms", micros / 1_000.0)
            .addKeyValue("remote", Origin.address(ctx))
            .addKeyValue("correlation_id", Correlation.id(ctx));
    @Nullable Caller caller = ctx.get(CALLER);
    if (caller != null) {
      line = line.addKeyValue("tenant", caller.tenant()).addKeyValue("caller", caller.actor());
    }
    line.log(brokenOff ? "broken off" : "answered");
  }
}
