package io.signalbox.gateway.api;

import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.gateway.tracing.WorkSpan;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * The place of a request in a trace (W3C {@code traceparent}): in the caller's trace, or, where it
 * names none that can be read, in a new one. The trace's id is answered, and stands in the log as
 * {@code correlation_id}.
 */
final class Correlation {
  static final CharSequence TRACEPARENT = HttpHeaders.createOptimized(TraceContext.HEADER);
  static final CharSequence HEADER = HttpHeaders.createOptimized("x-correlation-id");

  private static final String KEY = "signalbox.correlation";

  private Correlation() {}

  /** Notes the place and puts it into the answer. */
  static void note(RoutingContext ctx, Tracing tracing) {
    WorkSpan span = tracing.isOn() ? tracing.here().orElse(null) : null;
    TraceContext here = span == null ? place(ctx) : span.place();
    if (span != null) {
      ctx.addHeadersEndHandler(
          answered ->
              span.answered(
                  ctx.request().method().name(),
                  RouteName.of(ctx),
                  ctx.response().getStatusCode()));
    }
    ctx.put(KEY, here);
    // The response's own methods take a lock for each.
    ctx.response().headers().set(TRACEPARENT, here.traceparent()).set(HEADER, here.traceId());
  }

  /** Whoever records no span of their own hands on whose child what follows is. */
  private static TraceContext place(RoutingContext ctx) {
    return TraceContext.parse(ctx.request().getHeader(TRACEPARENT)).orElseGet(TraceContext::begin);
  }

  /** The place of a request in its trace. */
  static TraceContext of(RoutingContext ctx) {
    TraceContext noted = find(ctx);
    return noted == null ? TraceContext.begin() : noted;
  }

  /** The id of a request's trace; empty before it is noted. */
  static String id(RoutingContext ctx) {
    TraceContext noted = find(ctx);
    return noted == null ? "" : noted.traceId();
  }

  private static @Nullable TraceContext find(RoutingContext ctx) {
    return ctx.get(KEY);
  }
}
