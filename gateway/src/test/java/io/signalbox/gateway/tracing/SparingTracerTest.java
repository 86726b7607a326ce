package io.signalbox.gateway.tracing;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.tracing.opentelemetry.OpenTelemetryTracingFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SparingTracerTest {

  /** Keeps what it is given. */
  private static final class Kept implements SpanExporter {
    private final List<SpanData> spans = new CopyOnWriteArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
      spans.addAll(ended);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  @Test
  void aFailureIsToldWithoutItsWords() throws Exception {
    Kept kept = new Kept();
    SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(kept)).build();
    OpenTelemetryTracingFactory factory =
        new OpenTelemetryTracingFactory(
            OpenTelemetrySdk.builder().setTracerProvider(provider).build());
    VertxTracerFactory sparing = options -> sparing(factory.tracer(options));
    Vertx vertx = Vertx.builder().withTracer(sparing).build();
    vertx.eventBus().consumer("refuses", asked -> asked.fail(1, "+12025550100 is unknown"));
    DeliveryOptions traced = new DeliveryOptions().setTracingPolicy(TracingPolicy.ALWAYS);
    CompletableFuture<Message<Object>> answer = new CompletableFuture<>();
    // In a context of this Vert.x: the thread of the test may have kept one of another, untraced.
    Deployable asker =
        context -> {
          vertx
              .eventBus()
              .request("refuses", "", traced)
              .onComplete(answer::complete, answer::completeExceptionally);
          return Future.succeededFuture();
        };
    vertx.deployVerticle(asker).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);

    assertThatThrownBy(() -> answer.get(60, TimeUnit.SECONDS)).hasMessageContaining("is unknown");
    // A span may end after the answer it tells of was seen.
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> kept.spans.stream().anyMatch(SparingTracerTest::isOfTheAsker));
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);

    assertThat(kept.spans).allSatisfy(span -> assertThat(span.getEvents()).isEmpty());
    assertThat(kept.spans)
        .filteredOn(SparingTracerTest::isOfTheAsker)
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
              assertThat(span.getStatus().getDescription()).isEmpty();
            });
    provider.close();
  }

  private static boolean isOfTheAsker(SpanData span) {
    return span.getKind() == SpanKind.CLIENT;
  }

  private static <I, O> VertxTracer<I, O> sparing(VertxTracer<I, O> tracer) {
    return new SparingTracer<>(tracer);
  }
}
