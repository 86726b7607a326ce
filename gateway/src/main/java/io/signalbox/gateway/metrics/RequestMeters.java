package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpMethod;

/** What the requests to all HTTP servers that share a registry come to. Thread-safe. */
final class RequestMeters {
  private static final String PREFIX = "vertx.http.server.";

  private final HttpMeters meters;
  private final CountersByTag resets;

  RequestMeters(MeterRegistry registry) {
    meters =
        new HttpMeters(
            registry,
            new HttpMeters.Texts(
                PREFIX,
                "Number of requests being processed",
                "requests",
                "Number of processed requests",
                "Request processing time"));
    resets =
        new CountersByTag(
            registry, PREFIX + "request.resets", "Number of request resets", "method");
  }

  /** A request begins, now. */
  HttpMeters.Exchange begin(HttpMethod method) {
    return meters.begin(LabelLimits.method(method.name()));
  }

  /** A request, or its answer, broke off. */
  void broken(HttpMeters.Exchange request) {
    resets.of(request.method()).increment();
    request.broken();
  }
}
