package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.spi.metrics.ClientMetrics;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.core.spi.observability.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of all HTTP clients that share a registry come to: the meters of Vert.x, of the
 * same names and labels. Vert.x looks each of them up for each call; here each is looked up once,
 * which is a tenth of what a provider's thread has to do for a message. Thread-safe.
 */
public final class ClientCallMeters
    implements ClientMetrics<ClientCallMeters.Call, HttpRequest, HttpResponse> {
  private static final String NAME = "vertx.http.client.";

  private final MeterRegistry registry;

  /** Few: unknown methods are one, see {@link LabelLimits#method}. */
  private final Map<String, OfMethod> byMethod = new ConcurrentHashMap<>();

  /** Makes the meters of a registry; there must be one object only for each. */
  public ClientCallMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** One call, as far as it got. Used by one thread at a time. */
  static final class Call {
    private final OfMethod method;
    private final long beginNanos = System.nanoTime();
    private @Nullable OfStatus status;
    private boolean requestEnded;
    private boolean responseEnded;
    private boolean reset;

    private Call(OfMethod method) {
      this.method = method;
    }
  }

  private final class OfMethod {
    private final String name;
    private final LongAdder active = new LongAdder();
    private final Counter requests;
    private final DistributionSummary requestBytes;
    private final Map<Integer, OfStatus> byStatus = new ConcurrentHashMap<>();

    private OfMethod(String name) {
      this.name = name;
      Tags tags = Tags.of("method", name);
      Gauge.builder(NAME + "active.requests", active, LongAdder::doubleValue)
          .description("Number of requests waiting for a response")
          .tags(tags)
          .strongReference(true)
          .register(registry);
      requests =
          Counter.builder(NAME + "requests")
              .description("Number of requests sent")
              .tags(tags)
              .register(registry);
      requestBytes =
          DistributionSummary.builder(NAME + "request.bytes")
              .description("Size of requests in bytes")
              .tags(tags)
              .register(registry);
    }

    private OfStatus status(int code) {
      OfStatus known = byStatus.get(code);
      return known == null
          ? byStatus.computeIfAbsent(code, added -> new OfStatus(name, added))
          : known;
    }
  }

  private final class OfStatus {
    private final Counter responses;
    private final Timer time;
    private final DistributionSummary bytes;

    private OfStatus(String method, int code) {
      Tags tags = Tags.of("method", method, "code", String.valueOf(code));
      responses =
          Counter.builder(NAME + "responses")
              .description("Response count with codes")
              .tags(tags)
              .register(registry);
      time =
          Timer.builder(NAME + "response.time")
              .description("Response time")
              .tags(tags)
              .register(registry);
      bytes =
          DistributionSummary.builder(NAME + "response.bytes")
              .description("Size of responses in bytes")
              .tags(tags)
              .register(registry);
    }
  }

  @Override
  public Call requestBegin(String uri, HttpRequest request) {
    OfMethod method = method(request.method());
    method.active.increment();
    method.requests.increment();
    return new Call(method);
  }

  private OfMethod method(HttpMethod asked) {
    String name = LabelLimits.method(asked.name());
    OfMethod known = byMethod.get(name);
    return known == null ? byMethod.computeIfAbsent(name, OfMethod::new) : known;
  }

  @Override
  public void requestEnd(Call call, long bytesWritten) {
    call.method.requestBytes.record((double) bytesWritten);
    call.requestEnded = true;
    endedIf(call, call.responseEnded);
  }

  @Override
  public void requestReset(Call call) {
    call.method.active.decrement();
    call.reset = true;
  }

  @Override
  public void responseBegin(Call call, HttpResponse response) {
    call.status = call.method.status(response.statusCode());
  }

  @Override
  public void responseEnd(Call call, long bytesRead) {
    call.responseEnded = true;
    endedIf(call, call.requestEnded);
    OfStatus status = call.status;
    if (status != null) {
      status.responses.increment();
      status.time.record(System.nanoTime() - call.beginNanos, TimeUnit.NANOSECONDS);
      status.bytes.record((double) bytesRead);
    }
  }

  private static void endedIf(Call call, boolean both) {
    if (both && !call.reset) {
      call.method.active.decrement();
    }
  }
}
