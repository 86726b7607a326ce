package io.signalbox.testkit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A scripted HTTP server on a free port of loopback that remembers what it saw. */
public final class FakeProviderServer implements AutoCloseable {
  private static final int MORE_THAN_SENT = 16;

  private final HttpServer server;
  private final List<SeenRequest> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Function<SeenRequest, Future<Reply>> script =
      request -> Future.succeededFuture(Reply.empty(404));

  private FakeProviderServer(HttpServer server) {
    this.server = server;
  }

  /** Starts it; blocks until it listens. */
  public static FakeProviderServer start(Vertx vertx) {
    HttpServer http =
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0));
    FakeProviderServer fake = new FakeProviderServer(http);
    http.connectionHandler(
        connection -> {
          fake.connections.incrementAndGet();
          connection.exceptionHandler(e -> {});
        });
    http.requestHandler(fake::serve);
    http.listen().await();
    return fake;
  }

  /** Answers every request like this from now on. */
  public void reply(Reply reply) {
    script = request -> Future.succeededFuture(reply);
  }

  /** Answers each request as the script says, when its Future completes. */
  public void script(Function<SeenRequest, Future<Reply>> newScript) {
    script = newScript;
  }

  /** Its URL without a slash at the end. */
  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** The requests so far, in the order of arrival. */
  public List<SeenRequest> seen() {
    return List.copyOf(seen);
  }

  /** How many connections were accepted so far. */
  public int connections() {
    return connections.get();
  }

  /** Forgets the requests so far. */
  public void forget() {
    seen.clear();
  }

  @Override
  public void close() {
    server.close().await();
  }

  private void serve(HttpServerRequest request) {
    request.response().exceptionHandler(e -> {});
    request.exceptionHandler(e -> {});
    request
        .body()
        .compose(
            body -> {
              SeenRequest noted =
                  new SeenRequest(
                      request.method().name(),
                      Objects.requireNonNullElse(request.path(), ""),
                      Objects.requireNonNullElse(request.query(), ""),
                      request.headers(),
                      body);
              seen.add(noted);
              return script.apply(noted);
            })
        .onSuccess(reply -> answer(request, reply));
  }

  private static void answer(HttpServerRequest request, Reply reply) {
    HttpServerResponse response = request.response();
    switch (reply.manner()) {
      case WHOLE -> {
        head(response, reply).end(reply.body()).otherwiseEmpty();
      }
      case HANG -> {
        // The request was read; nothing follows.
      }
      case CUT_BEFORE_ANSWER -> request.connection().close().otherwiseEmpty();
      case CUT_IN_ANSWER -> {
        Buffer part = reply.body().slice(0, reply.body().length() / 2);
        int promised = reply.body().length() + MORE_THAN_SENT;
        head(response, reply)
            .putHeader("Content-Length", Integer.toString(promised))
            .write(part.length() == 0 ? Buffer.buffer(" ") : part)
            .onComplete(written -> request.connection().close());
      }
    }
  }

  private static HttpServerResponse head(HttpServerResponse response, Reply reply) {
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
    return response;
  }
}
