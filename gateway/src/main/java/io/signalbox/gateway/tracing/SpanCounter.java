package io.signalbox.gateway.tracing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/**
 * Counts what becomes of recorded spans: those that ended and were neither exported nor failed
 * wait, or were dropped because too many waited.
 */
final class SpanCounter implements SpanExporter {
  private static final String NAME = "signalbox.tracing.spans";

  private final SpanExporter exporter;
  private final Counter ended;
  private final Counter exported;
  private final Counter failed;

  SpanCounter(SpanExporter exporter, MeterRegistry registry) {
    this.exporter = exporter;
    this.ended = counter(registry, "ended");
    this.exported = counter(registry, "exported");
    this.failed = counter(registry, "failed");
  }

  private static Counter counter(MeterRegistry registry, String what) {
    return Counter.builder(NAME)
        .description("Recorded spans that ended, that were exported, and that could not be")
        .tag("what", what)
        .register(registry);
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int count = spans.size();
    CompletableResultCode result = exporter.export(spans);
    result.whenComplete(() -> (result.isSuccess() ? exported : failed).increment(count));
    return result;
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  /** Counts those that end. */
  SpanProcessor ends() {
    return new Ends(ended);
  }

  private record Ends(Counter ended) implements SpanProcessor {
    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      if (span.getSpanContext().isSampled()) {
        ended.increment();
      }
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }
}
