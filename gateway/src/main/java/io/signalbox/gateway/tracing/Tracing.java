package io.signalbox.gateway.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Channel;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records spans, if that is switched on; who does work asks {@link #isOn} first, and does nothing
 * more if it is not. A span that nobody samples costs little and goes nowhere. Never blocks, never
 * fails. Thread-safe.
 */
public final class Tracing {
  /** Records nothing. */
  public static final Tracing OFF = new Tracing(null);

  private final @Nullable Tracer tracer;

  Tracing(@Nullable Tracer tracer) {
    this.tracer = tracer;
  }

  /** Whether anything is recorded. */
  public boolean isOn() {
    return tracer != null;
  }

  /** The span of what is being done on this context, such as a request; empty if there is none. */
  public Optional<WorkSpan> here() {
    if (tracer == null) {
      return Optional.empty();
    }
    Span current = Span.current();
    return current.getSpanContext().isValid()
        ? Optional.of(new WorkSpan(current))
        : Optional.empty();
  }

  /** A notification is taken from a co-located verticle. */
  public WorkSpan intake() {
    return new WorkSpan(builder("intake", SpanKind.CONSUMER).startSpan());
  }

  /** The dispatcher has an attempt made. */
  public WorkSpan attempt(
      AttemptId attempt, String provider, Channel channel, TraceContext parent) {
    SpanBuilder span = builder("attempt", SpanKind.INTERNAL).setParent(remote(parent));
    return new WorkSpan(about(span, attempt, provider, channel).startSpan());
  }

  /**
   * A provider is called for an attempt, perhaps on another node than the dispatcher's.
   *
   * @param traceparent where the attempt stands; within a message of the bus that belongs to it,
   *     the call is the message's child
   */
  public WorkSpan providerCall(
      AttemptId attempt, String provider, Channel channel, @Nullable String traceparent) {
    SpanBuilder span = builder("provider call", SpanKind.CLIENT).setAttribute(Names.PEER, provider);
    Optional<TraceContext> parent = TraceContext.parse(traceparent);
    SpanContext current = Span.current().getSpanContext();
    boolean within =
        parent.isPresent() && current.getTraceId().equals(parent.orElseThrow().traceId());
    if (!within) {
      parent.ifPresentOrElse(known -> span.setParent(remote(known)), span::setNoParent);
    }
    return new WorkSpan(about(span, attempt, provider, channel).startSpan());
  }

  /**
   * A provider is called for an operation.
   *
   * @param type what it is asked, as {@code provider_requests} names it
   * @param attempt of the operation; null if the call is none
   */
  public WorkSpan operationCall(
      String type,
      String provider,
      Channel channel,
      @Nullable AttemptId attempt,
      TraceContext parent) {
    SpanBuilder span =
        builder("operation call", SpanKind.CLIENT)
            .setParent(remote(parent))
            .setAttribute(Names.PEER, provider)
            .setAttribute(Names.PROVIDER, provider)
            .setAttribute(Names.CHANNEL, channel.wireName())
            .setAttribute(Names.REQUEST_TYPE, type);
    if (attempt != null) {
      span.setAttribute(Names.OPERATION, attempt.notification().toString())
          .setAttribute(Names.ATTEMPT, (long) attempt.number());
    }
    return new WorkSpan(span.startSpan());
  }

  /**
   * A receipt has taken effect. It belongs to the trace of its notification, and leads to the
   * webhook that brought it.
   *
   * @param webhook where the webhook's request stands; null if that is not known any more
   */
  public void receipt(String provider, ReceiptEffect effect, @Nullable TraceContext webhook) {
    TraceContext trace = effect.trace();
    AttemptId attempt = effect.attempt();
    if (trace == null || attempt == null) {
      return;
    }
    SpanBuilder span =
        builder("receipt", SpanKind.CONSUMER)
            .setParent(remote(trace))
            .setAttribute(Names.NOTIFICATION, attempt.notification().toString())
            .setAttribute(Names.ATTEMPT, (long) attempt.number())
            .setAttribute(Names.PROVIDER, provider)
            .setAttribute(Names.RECEIPT, effect.receipt().status().wireName())
            .setAttribute(Names.EFFECT, effect.kind().name().toLowerCase(Locale.ROOT));
    if (webhook != null) {
      span.addLink(spanContext(webhook));
    }
    span.startSpan().end();
  }

  /** An event is sent to an endpoint. */
  public WorkSpan callback(String endpoint, String event, TraceContext parent) {
    return new WorkSpan(
        builder("callback", SpanKind.CLIENT)
            .setParent(remote(parent))
            .setAttribute(Names.CALLBACK, endpoint)
            .setAttribute(Names.EVENT, event)
            .startSpan());
  }

  private static SpanBuilder about(
      SpanBuilder span, AttemptId attempt, String provider, Channel channel) {
    return span.setAttribute(Names.NOTIFICATION, attempt.notification().toString())
        .setAttribute(Names.ATTEMPT, (long) attempt.number())
        .setAttribute(Names.PROVIDER, provider)
        .setAttribute(Names.CHANNEL, channel.wireName());
  }

  private SpanBuilder builder(String name, SpanKind kind) {
    Tracer on = tracer;
    if (on == null) {
      throw new IllegalStateException("tracing is off");
    }
    return on.spanBuilder(name).setSpanKind(kind);
  }

  private static Context remote(TraceContext parent) {
    return Context.root().with(Span.wrap(spanContext(parent)));
  }

  private static SpanContext spanContext(TraceContext at) {
    return SpanContext.createFromRemoteParent(
        at.traceId(),
        at.spanId(),
        at.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
        TraceState.getDefault());
  }
}
