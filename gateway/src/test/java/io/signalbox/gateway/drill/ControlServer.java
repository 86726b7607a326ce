package io.signalbox.gateway.drill;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A simulator's control calls, over a real socket; it can be made to answer 500. */
final class ControlServer {
  private final HttpServer server;
  private final Map<String, String> modes = new ConcurrentHashMap<>(Map.of("alpha", "ok"));
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean broken;

  private ControlServer(Vertx vertx) {
    server = vertx.createHttpServer().requestHandler(this::answer);
  }

  static Future<ControlServer> start(Vertx vertx) {
    ControlServer control = new ControlServer(vertx);
    return control.server.listen(0, "127.0.0.1").map(control);
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  String mode() {
    return String.valueOf(modes.get("alpha"));
  }

  void mode(String mode) {
    modes.put("alpha", mode);
  }

  void broken(boolean now) {
    broken = now;
  }

  /** How many changes were answered with 500. */
  int refused() {
    return refused.get();
  }

  private void answer(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              if (request.path().equals("/_control")) {
                send(
                    request,
                    new JsonObject()
                        .put("plugins", new JsonObject().put("alpha", new JsonObject()))
                        .put("modes", new JsonArray().add("ok").add("error")));
              } else if (request.path().endsWith("/received")) {
                send(request, new JsonObject().put("first", 0).put("received", new JsonArray()));
              } else if (request.method().equals(HttpMethod.GET)) {
                send(request, new JsonObject().put("mode", mode()).put("received", 0));
              } else if (broken) {
                refused.incrementAndGet();
                request.response().setStatusCode(500).end();
              } else {
                mode(body.toJsonObject().getString("mode"));
                send(request, new JsonObject());
              }
            });
  }

  private static void send(HttpServerRequest request, JsonObject json) {
    request.response().end(json.toBuffer());
  }
}
