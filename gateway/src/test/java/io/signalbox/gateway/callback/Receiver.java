package io.signalbox.gateway.callback;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** An application's endpoint on a real socket. */
final class Receiver {
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile Handler<HttpServerRequest> answer = request -> status(request, 204);

  private Receiver(HttpServer server) {
    this.server = server;
  }

  /** One callback as it came. */
  record Received(String uri, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }

    /** Verifies it with the official library. */
    void verify(String secret) throws WebhookVerificationException {
      new Webhook(secret).verify(body, headers);
    }
  }

  static Receiver start(Vertx vertx) throws Exception {
    return start(vertx, new HttpServerOptions());
  }

  static Receiver start(Vertx vertx, HttpServerOptions options) throws Exception {
    HttpServer server = vertx.createHttpServer(options.setPort(0).setHost("localhost"));
    Receiver receiver = new Receiver(server);
    server.requestHandler(receiver::take);
    server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    return receiver;
  }

  private void take(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
              request.headers().names().forEach(n -> headers.put(n, request.headers().getAll(n)));
              received.add(new Received(request.uri(), headers, body.toString()));
              answer.handle(request);
            });
  }

  int port() {
    return server.actualPort();
  }

  List<Received> received() {
    return received;
  }

  /** Answers from now on in this way. */
  void answers(Handler<HttpServerRequest> how) {
    answer = how;
  }

  static void status(HttpServerRequest request, int status) {
    request.response().setStatusCode(status).end().onComplete(done -> {});
  }
}
