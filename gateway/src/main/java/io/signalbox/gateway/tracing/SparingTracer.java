package io.signalbox.gateway.tracing;

import io.opentelemetry.api.trace.StatusCode;
import io.vertx.core.Context;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.tracing.opentelemetry.Operation;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's tracer, for what is worth a span: requests over HTTP that come in, but for probes and
 * readings of metrics, and messages on the event bus within a trace. Statements of the databases
 * serve many notifications at once and belong to none; calls that go out are recorded where it is
 * known what they are for. That something failed is told, how is not: messages of exceptions may
 * hold recipients.
 *
 * @param <I> what the tracer knows of what comes in
 * @param <O> what it knows of what goes out
 */
final class SparingTracer<I, O> implements VertxTracer<I, O> {
  private final VertxTracer<I, O> tracer;

  SparingTracer(VertxTracer<I, O> tracer) {
    this.tracer = tracer;
  }

  @Override
  public <R> @Nullable I receiveRequest(
      Context context,
      SpanKind kind,
      TracingPolicy policy,
      R request,
      String operation,
      Iterable<Map.Entry<String, String>> headers,
      TagExtractor<R> tags) {
    boolean wanted =
        request instanceof HttpServerRequest http
            ? isTold(http.path())
            : request instanceof Message<?>;
    return wanted
        ? tracer.receiveRequest(
            context, kind, policy, request, operation, headers, new SafeTags<>(tags))
        : null;
  }

  private static boolean isTold(@Nullable String path) {
    return path != null && (path.startsWith("/api/") || path.startsWith("/webhooks/"));
  }

  @Override
  public <R> void sendResponse(
      Context context,
      @Nullable R response,
      @Nullable I payload,
      @Nullable Throwable failure,
      TagExtractor<R> tags) {
    if (payload != null) {
      mark(payload, failure);
      tracer.sendResponse(context, response, payload, null, new SafeTags<>(tags));
    }
  }

  @Override
  public <R> @Nullable O sendRequest(
      Context context,
      SpanKind kind,
      TracingPolicy policy,
      R request,
      String operation,
      BiConsumer<String, String> headers,
      TagExtractor<R> tags) {
    return request instanceof Message<?>
        ? tracer.sendRequest(
            context, kind, policy, request, operation, headers, new SafeTags<>(tags))
        : null;
  }

  @Override
  public <R> void receiveResponse(
      Context context,
      @Nullable R response,
      @Nullable O payload,
      @Nullable Throwable failure,
      TagExtractor<R> tags) {
    if (payload != null) {
      mark(payload, failure);
      tracer.receiveResponse(context, response, payload, null, new SafeTags<>(tags));
    }
  }

  private static void mark(Object payload, @Nullable Throwable failure) {
    if (failure != null && payload instanceof Operation operation) {
      operation.span().setStatus(StatusCode.ERROR);
    }
  }

  @Override
  public void close() {
    tracer.close();
  }
}
