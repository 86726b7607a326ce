package io.signalbox.simulator;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Receives webhooks, in a Vert.x of its own. */
public final class WebhookCatcher implements AutoCloseable {
  /** A webhook as it came in: {@code uri} is path and query as on the wire. */
  public record Caught(String uri, MultiMap headers, String body) {
    public String header(String name) {
      String value = headers.get(name);
      return value == null ? "" : value;
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final List<Caught> caught = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();

  public WebhookCatcher() throws Exception {
    this(0);
  }

  public WebhookCatcher(int port) throws Exception {
    server =
        SimulatorClient.get(
            vertx.createHttpServer().requestHandler(this::take).listen(port, "127.0.0.1"));
  }

  /** Answers 500 to the next so many webhooks. */
  public void refuseNext(int count) {
    refusals.set(count);
  }

  public int port() {
    return server.actualPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port() + "/webhooks/p";
  }

  public List<Caught> caught() {
    return caught;
  }

  private void take(HttpServerRequest request) {
    request.bodyHandler(
        body -> {
          boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          if (!refused) {
            caught.add(new Caught(request.uri(), request.headers(), body.toString()));
          }
          request
              .response()
              .setStatusCode(refused ? 500 : 204)
              .end()
              .onFailure(
                  e -> {
                    throw new IllegalStateException("the simulator hung up", e);
                  });
        });
  }

  @Override
  public void close() {
    try {
      SimulatorClient.get(vertx.close());
    } catch (Exception e) {
      throw new IllegalStateException("the catcher does not stop", e);
    }
  }
}
