package io.signalbox.deploy.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What stands before the nodes for the world outside: it passes webhooks on to one node after the
 * other, and to the next if one does not take them.
 */
final class Entrance {
  private static final int NODE_MILLIS = 1_000;
  private static final int CONNECTIONS = 64;
  private static final int MAX_WAITING = 1_000;

  private final HttpServer server;
  private final HttpClient client;
  private final List<String> nodes;
  private final AtomicInteger turn = new AtomicInteger();

  private Entrance(Vertx vertx, List<String> nodes) {
    this.nodes = nodes;
    this.server = vertx.createHttpServer().requestHandler(this::take);
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(NODE_MILLIS),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(MAX_WAITING));
  }

  /** Listens; the nodes' URLs may be added later. It ends with its Vert.x. */
  static Entrance open(Vertx vertx, String host, List<String> nodes) {
    Entrance entrance = new Entrance(vertx, nodes);
    entrance.server.listen(0, host).await();
    return entrance;
  }

  int port() {
    return server.actualPort();
  }

  private void take(HttpServerRequest request) {
    request
        .body()
        .compose(body -> pass(request, body, turn.getAndIncrement(), nodes.size()))
        .onSuccess(status -> request.response().setStatusCode(status).end())
        .onFailure(e -> request.response().setStatusCode(502).end());
  }

  private Future<Integer> pass(HttpServerRequest request, Buffer body, int node, int left) {
    if (left == 0) {
      return Future.failedFuture("no node takes it");
    }
    RequestOptions options =
        new RequestOptions()
            .setMethod(request.method())
            .setAbsoluteURI(nodes.get(Math.floorMod(node, nodes.size())) + request.uri())
            .setTimeout(NODE_MILLIS);
    return client
        .request(options)
        .compose(
            passed -> {
              request.headers().forEach(passed::putHeader);
              return passed.send(body);
            })
        .compose(
            answer ->
                answer.statusCode() < 500
                    ? Future.succeededFuture(answer.statusCode())
                    : Future.failedFuture("status " + answer.statusCode()))
        .recover(e -> pass(request, body, node + 1, left - 1));
  }
}
