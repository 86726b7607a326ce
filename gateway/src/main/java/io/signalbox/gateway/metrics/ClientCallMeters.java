package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.spi.metrics.ClientMetrics;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.core.spi.observability.HttpResponse;

/**
 * What the calls of all HTTP clients that share a registry come to, whomever they call.
 * Thread-safe.
 */
final class ClientCallMeters
    implements ClientMetrics<HttpMeters.Exchange, HttpRequest, HttpResponse> {
  private static final String PREFIX = "vertx.http.client.";

  private final HttpMeters meters;
  private final CountersByTag sent;

  ClientCallMeters(MeterRegistry registry) {
    meters =
        new HttpMeters(
            registry,
            new HttpMeters.Texts(
                PREFIX,
                "Number of requests waiting for a response",
                "responses",
                "Response count with codes",
                "Response time"));
    sent = new CountersByTag(registry, PREFIX + "requests", "Number of requests sent", "method");
  }

  @Override
  public HttpMeters.Exchange requestBegin(String uri, HttpRequest request) {
    String method = LabelLimits.method(request.method().name());
    sent.of(method).increment();
    return meters.begin(method);
  }

  @Override
  public void requestEnd(HttpMeters.Exchange call, long bytesWritten) {
    call.requestEnded(bytesWritten);
  }

  @Override
  public void requestReset(HttpMeters.Exchange call) {
    call.broken();
  }

  @Override
  public void responseBegin(HttpMeters.Exchange call, HttpResponse response) {
    call.answerBegun(response.statusCode());
  }

  @Override
  public void responseEnd(HttpMeters.Exchange call, long bytesRead) {
    call.answerEnded(bytesRead);
  }
}
