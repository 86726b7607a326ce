package io.signalbox.gateway.operation;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Rents numbers over a socket, keeps books of them, and fails as it is told to: {@code none} (409),
 * {@code busy} (503), {@code refused} (400), {@code cut_before} and {@code cut_after} the deed,
 * {@code hidden} (done and cut, and not to be found before it is shown), {@code held} (done, and
 * answered when it is let go).
 */
final class Market {
  private final Map<String, JsonObject> books = new ConcurrentHashMap<>();
  private final Deque<String> faults = new ConcurrentLinkedDeque<>();
  private final Deque<HttpServerRequest> held = new ArrayDeque<>();
  private final AtomicInteger cancelsToRefuse = new AtomicInteger();
  private final AtomicInteger rents = new AtomicInteger();
  private final String name;
  private HttpServer server;
  private volatile boolean deaf;

  Market(String name) {
    this.name = name;
  }

  Future<Market> open(Vertx vertx) {
    return vertx
        .createHttpServer()
        .requestHandler(this::answer)
        .listen(0, "127.0.0.1")
        .map(
            listening -> {
              server = listening;
              return this;
            });
  }

  int port() {
    return server.actualPort();
  }

  /** The next requests to rent meet these, one each. */
  Market fail(String... words) {
    faults.addAll(List.of(words));
    return this;
  }

  /** Whether look-ups are answered 503. */
  void deaf(boolean wish) {
    deaf = wish;
  }

  void refuseCancels(int times) {
    cancelsToRefuse.set(times);
  }

  /** What was hidden is to be found. */
  synchronized void show() {
    books.values().forEach(rental -> rental.remove("hidden"));
  }

  /** How many requests to rent came in. */
  int rents() {
    return rents.get();
  }

  /** How many rentals live. */
  synchronized long live() {
    return books.values().stream().filter(rental -> !rental.containsKey("cancelled")).count();
  }

  /** Makes a rental as if an attempt had. */
  synchronized void rented(String reference) {
    rent(reference);
  }

  synchronized void letGo() {
    while (!held.isEmpty()) {
      HttpServerRequest request = held.remove();
      request.response().end(rent(request.getParam("ref")).encode());
    }
  }

  private JsonObject rent(String reference) {
    int count = books.size() + 1;
    JsonObject rental =
        new JsonObject()
            .put("id", name + count)
            .put("number", "+1555000" + count)
            .put("ref", reference);
    books.put(rental.getString("id"), rental);
    return rental;
  }

  private void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/rent" -> rent(request);
      case "/find" -> find(request);
      default -> cancel(request);
    }
  }

  private synchronized void rent(HttpServerRequest request) {
    rents.incrementAndGet();
    String fault = faults.poll();
    String reference = request.getParam("ref");
    if (fault == null) {
      request.response().end(rent(reference).encode());
      return;
    }
    switch (fault) {
      case "none" -> request.response().setStatusCode(409).end();
      case "busy" -> request.response().setStatusCode(503).end();
      case "refused" -> request.response().setStatusCode(400).end();
      case "cut_before" -> request.connection().close();
      case "cut_after" -> {
        rent(reference);
        request.connection().close();
      }
      case "hidden" -> {
        rent(reference).put("hidden", true);
        request.connection().close();
      }
      case "held" -> held.add(request);
      default -> throw new IllegalArgumentException(fault);
    }
  }

  private synchronized void find(HttpServerRequest request) {
    if (deaf) {
      request.response().setStatusCode(503).end();
      return;
    }
    JsonArray found = new JsonArray();
    new LinkedHashMap<>(books)
        .values().stream()
            .filter(rental -> request.getParam("ref").equals(rental.getString("ref")))
            .filter(rental -> !rental.containsKey("hidden") && !rental.containsKey("cancelled"))
            .forEach(found::add);
    request.response().end(found.encode());
  }

  private synchronized void cancel(HttpServerRequest request) {
    if (cancelsToRefuse.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      request.response().setStatusCode(503).end();
    } else {
      books.get(request.getParam("id")).put("cancelled", true);
      request.response().end();
    }
  }
}
