package io.signalbox.gateway.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.OperationMessages.Operate;
import io.signalbox.gateway.bus.OperationMessages.Operated;
import io.signalbox.gateway.bus.OperationMessages.OperationMessage;
import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.call.CalledBy;
import io.signalbox.gateway.call.NumberCall;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.call.RentalRef;
import io.signalbox.gateway.calling.CallVerticle;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.Shortage;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spans of calls that operations make. */
class CallTracingTest extends LedgerContract {
  private static final String ID = "numbers";
  private static final long GENERATION = 7;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final List<SpanData> spans = new CopyOnWriteArrayList<>();
  private final List<Operate> asked = new CopyOnWriteArrayList<>();
  private final TraceContext trace = new TraceContext(1, 2, 3, true);
  private volatile Answer<?> answer;
  private CallVerticle calls;

  private final class Kept implements SpanExporter {
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

  @BeforeEach
  void deploy() throws Exception {
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new Kept()))
            .build();
    Bus bus = Bus.install(vertx);
    calls =
        new CallVerticle(
            bus,
            opened.whole().calls(),
            opened.whole().nodes(),
            ConfigLoader.load(Optional.empty(), Map.of(), Map.of()).dispatch(),
            ids,
            new Tracing(provider.get("test")),
            Clock.systemUTC());
    await(vertx.deployVerticle(calls));
    bus.answer(
        Addresses.operations(ID, GENERATION),
        OperationMessage.class,
        message -> {
          asked.add((Operate) message);
          return Future.succeededFuture(new Operated(answer, true, 5));
        });
    bus.publish(
        Addresses.PROVIDERS,
        new ProviderState(
            ID,
            "plugin",
            "1.0",
            GENERATION,
            Set.of(Channel.NUMBER),
            1,
            100,
            ProviderLimits.of(10, 0),
            Duration.ofSeconds(30),
            false,
            Stage.ACTIVE,
            new BreakerView("closed", 4, 0, 1, false, "new", 9),
            List.of()));
  }

  private <T> void call(ProviderCall<T> call, CalledBy by) {
    // Until the verticle has heard of the provider nobody is asked.
    Awaitility.await()
        .atMost(TIMEOUT)
        .until(
            () -> {
              await(calls.call(ID, call, by));
              return !asked.isEmpty();
            });
  }

  private static String text(SpanData span, String name) {
    return span.getAttributes().get(AttributeKey.stringKey(name));
  }

  @Test
  void aRentIsAChildOfItsOperationAndTheProviderGetsItsPlace() {
    AttemptId attempt = new AttemptId(ids.next(), 2);
    Evidence said = Evidence.answered(409, null, null);
    answer = new Answer.Unserved<>(Shortage.NO_STOCK, null, said);
    RentRequest request =
        new RentRequest(attempt.toString(), "us", "wa", null, false, TIMEOUT, trace.traceparent());
    call(new NumberCall.Rent(request), new CalledBy(TENANT, trace));

    Awaitility.await().atMost(TIMEOUT).until(() -> !spans.isEmpty());
    assertThat(spans).hasSize(1);
    SpanData span = spans.get(0);
    assertThat(span.getName()).isEqualTo("operation call");
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.getTraceId()).isEqualTo(trace.traceId());
    assertThat(span.getParentSpanId()).isEqualTo(trace.spanId());
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(text(span, "signalbox.request_type")).isEqualTo("rent");
    assertThat(text(span, "signalbox.operation.id")).isEqualTo(attempt.notification().toString());
    assertThat(text(span, "signalbox.provider")).isEqualTo(ID);
    assertThat(text(span, "signalbox.outcome")).isEqualTo("unserved");
    NumberCall.Rent made = (NumberCall.Rent) asked.get(0).call();
    assertThat(made.request().traceparent()).contains(trace.traceId()).contains(span.getSpanId());
  }

  @Test
  void whatFailedSaysSoAndWhatBelongsToNoAttemptNamesNone() {
    answer =
        new Answer.Failed<>(
            new Outcome.Unknown(Evidence.unanswered(Progress.BODY_WRITTEN, "timeout", null)));
    NumberCall.ChangeRental cancel =
        new NumberCall.ChangeRental(new RentalRef("r1", "wa", "us"), RentalChange.CANCEL, TIMEOUT);
    call(cancel, new CalledBy(TENANT, trace));
    Awaitility.await().atMost(TIMEOUT).until(() -> !spans.isEmpty());
    assertThat(spans).hasSize(1);
    assertThat(spans.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(text(spans.get(0), "signalbox.request_type")).isEqualTo("cancel");
    assertThat(text(spans.get(0), "signalbox.outcome")).isEqualTo("unknown");
    assertThat(text(spans.get(0), "signalbox.operation.id")).isNull();
  }

  @Test
  void whatTheGatewayAsksForItselfHasNoSpan() {
    answer = new Answer.Failed<>(new Outcome.Transient(Evidence.answered(503, null, null)));
    call(new NumberCall.ReadRental(new RentalRef("r1", "wa", "us"), TIMEOUT), CalledBy.GATEWAY);
    assertThat(spans).isEmpty();
  }
}
