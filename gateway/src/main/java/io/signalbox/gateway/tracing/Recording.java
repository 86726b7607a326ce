package io.signalbox.gateway.tracing;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.signalbox.gateway.config.RereadSecret;
import io.signalbox.gateway.config.TracingSettings;
import io.signalbox.gateway.config.TracingSettings.Header;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.tracing.opentelemetry.OpenTelemetryTracingFactory;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What records spans and sends them to the collector: on a thread of its own, from a queue that is
 * bounded and drops what does not fit. A collector that is slow or away costs spans and nothing
 * else. Where tracing is off there is none of it. Thread-safe.
 */
public final class Recording {
  private static final int BATCH = 512;
  private static final long CLOSE_SECONDS = 5;

  private final TracingSettings settings;
  private final @Nullable SdkTracerProvider provider;
  private final @Nullable OpenTelemetry telemetry;
  private final Tracing tracing;
  private volatile Map<String, RereadSecret> headers = Map.of();

  private Recording(TracingSettings settings, String node, MeterRegistry registry) {
    this.settings = settings;
    if (!settings.enabled()) {
      this.provider = null;
      this.telemetry = null;
      this.tracing = Tracing.OFF;
      return;
    }
    ExporterLog.install();
    SpanCounter exporter =
        new SpanCounter(
            OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint())
                .setHeaders(this::headersNow)
                .setTimeout(settings.exportTimeout())
                .setCompression("gzip")
                .build(),
            registry);
    SdkTracerProvider recording =
        SdkTracerProvider.builder()
            .setResource(resource(settings, node))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampleRatio())))
            .addSpanProcessor(exporter.ends())
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter)
                    .setMaxQueueSize(settings.maxQueue())
                    .setMaxExportBatchSize(Math.min(BATCH, settings.maxQueue()))
                    .setScheduleDelay(settings.exportInterval())
                    .setExporterTimeout(settings.exportTimeout())
                    .build())
            .build();
    this.provider = recording;
    this.telemetry =
        OpenTelemetrySdk.builder()
            .setTracerProvider(recording)
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    this.tracing = new Tracing(recording.get("io.signalbox"));
  }

  /**
   * Prepares it; sends nothing before there are spans.
   *
   * @param node what this process is called among others
   */
  public static Recording of(TracingSettings settings, String node, MeterRegistry registry) {
    return new Recording(settings, node, registry);
  }

  private static Resource resource(TracingSettings settings, String node) {
    return Resource.getDefault()
        .merge(
            Resource.create(
                Attributes.of(
                    AttributeKey.stringKey("service.name"),
                    settings.serviceName(),
                    AttributeKey.stringKey("service.instance.id"),
                    node)));
  }

  /** What those who do the work ask. */
  public Tracing tracing() {
    return tracing;
  }

  /** Has a Vert.x record what comes in over HTTP and goes over its event bus. */
  public VertxBuilder into(VertxBuilder builder) {
    OpenTelemetry sdk = telemetry;
    if (sdk == null) {
      return builder;
    }
    OpenTelemetryTracingFactory factory = new OpenTelemetryTracingFactory(sdk);
    VertxTracerFactory sparing = options -> sparing(factory.tracer(options));
    return builder.withTracer(sparing);
  }

  private static <I, O> VertxTracer<I, O> sparing(VertxTracer<I, O> tracer) {
    return new SparingTracer<>(tracer);
  }

  /** Reads the values of the collector's headers; fails if one cannot be read. */
  public Future<Void> open(Vertx vertx) {
    return settings.enabled()
        ? vertx.executeBlocking(this::read).onSuccess(read -> headers = read).mapEmpty()
        : Future.succeededFuture();
  }

  private Map<String, RereadSecret> read() throws IOException {
    Map<String, RereadSecret> opened = new LinkedHashMap<>();
    for (Header header : settings.headers()) {
      opened.put(header.name(), RereadSecret.open("tracing.otlp_headers", header.value()));
    }
    return Map.copyOf(opened);
  }

  /** Called on the exporter's thread. */
  private Map<String, String> headersNow() {
    Map<String, String> now = new LinkedHashMap<>();
    headers.forEach((name, secret) -> now.put(name, secret.now().reveal()));
    return now;
  }

  /** Sends what waits, for at most 5 s, and ends. */
  public Future<Void> close(Vertx vertx) {
    SdkTracerProvider recording = provider;
    if (recording == null) {
      return Future.succeededFuture();
    }
    return vertx
        .executeBlocking(() -> recording.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS))
        .mapEmpty();
  }
}
