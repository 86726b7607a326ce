package io.signalbox.deploy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** An application's own webhooks, kept as they came, for the SDK that verifies them. */
final class HookReceiver implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final List<Hook> hooks = new CopyOnWriteArrayList<>();

  /**
   * One request.
   *
   * @param headers by their names in lower case
   */
  record Hook(String path, JsonObject headers, String body) {}

  HookReceiver() {
    server = vertx.createHttpServer().requestHandler(this::take);
    CallbackReceiver.done(server.listen(0, "127.0.0.1"));
  }

  private void take(HttpServerRequest request) {
    JsonObject headers = new JsonObject();
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    request
        .body()
        .onSuccess(
            body -> {
              hooks.add(new Hook(request.path(), headers, body.toString()));
              request.response().end().otherwiseEmpty();
            });
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.actualPort() + path;
  }

  /** Waits for a request to a path with all of some things in its body. */
  Hook awaited(String path, String... parts) {
    return Awaitility.await("a webhook with " + List.of(parts))
        .atMost(LIMIT)
        .until(
            () ->
                hooks.stream()
                    .filter(hook -> hook.path().equals(path))
                    .filter(hook -> Stream.of(parts).allMatch(hook.body()::contains))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  @Override
  public void close() {
    CallbackReceiver.done(vertx.close());
  }
}
