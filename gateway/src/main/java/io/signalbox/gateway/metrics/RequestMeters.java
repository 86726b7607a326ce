package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The meters of HTTP requests that vertx-micrometer has, under its names and labels, each looked up
 * in the registry once and not at every request. One of them for each registry. Thread-safe.
 */
final class RequestMeters {
  private static final String PREFIX = "vertx.http.server.";

  private final MeterRegistry registry;
  private final Map<String, OfMethod> byMethod = new ConcurrentHashMap<>();

  RequestMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A request begins, now. */
  Request begin(HttpMethod method) {
    // Clients may invent methods, and not each may stay in memory.
    String known = LabelLimits.method(method.name());
    OfMethod meters = byMethod.get(known);
    if (meters == null) {
      meters = byMethod.computeIfAbsent(known, first -> new OfMethod(registry, first));
    }
    meters.active.increment();
    return new Request(meters);
  }

  /** One request. Used on its event loop. */
  static final class Request {
    private final OfMethod meters;
    private final long begunNanos = System.nanoTime();
    private boolean read;
    private boolean answered;
    private boolean broken;

    private Request(OfMethod meters) {
      this.meters = meters;
    }

    /** Its body is here, which had so many bytes. */
    void read(long bytes) {
      meters.bytes.record((double) bytes);
      read = true;
      endIf(answered);
    }

    /** Its answer was written, with so many bytes. */
    void answered(int status, long bytes) {
      OfStatus meter = meters.of(status);
      meter.count.increment();
      meter.time.record(System.nanoTime() - begunNanos, TimeUnit.NANOSECONDS);
      meter.bytes.record((double) bytes);
      answered = true;
      endIf(read);
    }

    private void endIf(boolean both) {
      if (both && !broken) {
        meters.active.decrement();
      }
    }

    /** It, or its answer, broke off. */
    void broken() {
      meters.resets().increment();
      meters.active.decrement();
      broken = true;
    }
  }

  private static final class OfMethod {
    private static final String METHOD = "method";

    private final MeterRegistry registry;
    private final String method;
    private final LongAdder active = new LongAdder();
    private final DistributionSummary bytes;
    private final Map<Integer, OfStatus> byStatus = new ConcurrentHashMap<>();

    OfMethod(MeterRegistry registry, String method) {
      this.registry = registry;
      this.method = method;
      Gauge.builder(PREFIX + "active.requests", active::sum)
          .description("Number of requests being processed")
          .tag(METHOD, method)
          .register(registry);
      bytes =
          DistributionSummary.builder(PREFIX + "request.bytes")
              .description("Size of requests in bytes")
              .tag(METHOD, method)
              .register(registry);
    }

    Counter resets() {
      return Counter.builder(PREFIX + "request.resets")
          .description("Number of request resets")
          .tag(METHOD, method)
          .register(registry);
    }

    OfStatus of(int status) {
      OfStatus known = byStatus.get(status);
      return known != null
          ? known
          : byStatus.computeIfAbsent(status, first -> make(Integer.toString(first)));
    }

    private OfStatus make(String code) {
      return new OfStatus(
          Counter.builder(PREFIX + "requests")
              .description("Number of processed requests")
              .tags(METHOD, method, "code", code)
              .register(registry),
          Timer.builder(PREFIX + "response.time")
              .description("Request processing time")
              .tags(METHOD, method, "code", code)
              .register(registry),
          DistributionSummary.builder(PREFIX + "response.bytes")
              .description("Size of responses in bytes")
              .tags(METHOD, method, "code", code)
              .register(registry));
    }
  }

  private record OfStatus(Counter count, Timer time, DistributionSummary bytes) {}
}
