package io.signalbox.deploy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A collector of traces on loopback: takes spans by OTLP over HTTP, and keeps them. */
final class OtlpReceiver implements AutoCloseable {
  /** The header without which it takes nothing. */
  static final String AUTHORIZATION = "Bearer collectors-secret-0123456789";

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final List<Seen> spans = new CopyOnWriteArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean stuck;

  private OtlpReceiver() {
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setDecompressionSupported(true))
            .requestHandler(this::take);
  }

  static OtlpReceiver start() {
    OtlpReceiver receiver = new OtlpReceiver();
    CallbackReceiver.done(receiver.server.listen(0, "127.0.0.1"));
    return receiver;
  }

  /** A span with the service that sent it. */
  record Seen(String service, Span span) {
    String trace() {
      return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    String id() {
      return HexFormat.of().formatHex(span.getSpanId().toByteArray());
    }

    String parent() {
      return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
    }

    /** The text of an attribute; empty if there is none. */
    String attribute(String name) {
      return span.getAttributesList().stream()
          .filter(each -> each.getKey().equals(name))
          .map(each -> each.getValue().getStringValue())
          .findFirst()
          .orElse("");
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/v1/traces";
  }

  /** Takes requests and answers none. */
  void getStuck() {
    stuck = true;
  }

  /** Takes spans again. */
  void goOn() {
    stuck = false;
  }

  List<Seen> spans() {
    return spans;
  }

  /** The spans of a trace. */
  List<Seen> of(String trace) {
    return spans.stream().filter(seen -> seen.trace().equals(trace)).toList();
  }

  /** How many requests came without the header. */
  int refused() {
    return refused.get();
  }

  int calls() {
    return calls.get();
  }

  private void take(HttpServerRequest request) {
    calls.incrementAndGet();
    request.body().onSuccess(body -> answer(request, body));
  }

  private void answer(HttpServerRequest request, Buffer body) {
    if (stuck) {
      return;
    }
    if (!AUTHORIZATION.equals(request.getHeader("authorization"))) {
      refused.incrementAndGet();
      request.response().setStatusCode(401).end().otherwiseEmpty();
      return;
    }
    try {
      ExportTraceServiceRequest.parseFrom(body.getBytes())
          .getResourceSpansList()
          .forEach(
              resource -> {
                String service =
                    resource.getResource().getAttributesList().stream()
                        .filter(each -> each.getKey().equals("service.name"))
                        .map(each -> each.getValue().getStringValue())
                        .findFirst()
                        .orElse("");
                resource
                    .getScopeSpansList()
                    .forEach(
                        scope ->
                            scope
                                .getSpansList()
                                .forEach(span -> spans.add(new Seen(service, span))));
              });
    } catch (InvalidProtocolBufferException e) {
      request.response().setStatusCode(400).end().otherwiseEmpty();
      return;
    }
    request.response().putHeader("content-type", "application/x-protobuf").end().otherwiseEmpty();
  }

  @Override
  public void close() {
    CallbackReceiver.done(vertx.close());
  }
}
