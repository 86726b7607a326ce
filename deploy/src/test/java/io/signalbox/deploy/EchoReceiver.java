package io.signalbox.deploy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What an {@link EchoPlugin} sends to: counts what comes, by number and by version. */
final class EchoReceiver implements AutoCloseable {
  private static final int ACCEPTED = 202;

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final ConcurrentMap<Integer, AtomicInteger> byNumber = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, AtomicInteger> byVersion = new ConcurrentHashMap<>();
  private final Queue<String> mixed = new ConcurrentLinkedQueue<>();

  EchoReceiver() {
    server = vertx.createHttpServer().requestHandler(this::take);
    CallbackReceiver.done(server.listen(0, "127.0.0.1"));
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/";
  }

  private void take(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              if (request.method().equals(HttpMethod.POST)) {
                count(body.toString());
              }
              request.response().setStatusCode(ACCEPTED).end();
            });
  }

  private void count(String body) {
    List<String> words = List.of(body.split(" ", -1));
    if (!words.get(0).equals(words.get(1))) {
      mixed.add(body);
    }
    count(byVersion, words.get(0));
    count(byNumber, Messages.number(body));
  }

  private static <K> void count(ConcurrentMap<K, AtomicInteger> counts, K key) {
    counts.computeIfAbsent(key, first -> new AtomicInteger()).incrementAndGet();
  }

  /** How many numbers have come. */
  int numbers() {
    return byNumber.size();
  }

  /** The numbers that came more than once. */
  Collection<Integer> repeated() {
    return byNumber.entrySet().stream()
        .filter(each -> each.getValue().get() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** How many deliveries a version made. */
  int of(String version) {
    AtomicInteger count = byVersion.get(version);
    return count == null ? 0 : count.get();
  }

  /** What classes of two versions delivered together. */
  Collection<String> mixed() {
    return List.copyOf(mixed);
  }

  @Override
  public void close() {
    CallbackReceiver.done(vertx.close());
  }
}
