package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** An application that receives callbacks and verifies each with the official library. */
final class CallbackReceiver implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final List<JsonObject> events = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile String secret = "";
  private volatile boolean stuck;
  private volatile int failEvery = Integer.MAX_VALUE;
  private volatile long millisEach;

  private CallbackReceiver() {
    server = vertx.createHttpServer().requestHandler(this::take);
  }

  static CallbackReceiver start() {
    CallbackReceiver receiver = new CallbackReceiver();
    done(receiver.server.listen(0, "127.0.0.1"));
    return receiver;
  }

  /** Settings of a gateway that may call here. */
  static GatewaySettings allowedBy(GatewaySettings settings) {
    return settings
        .with("callbacks.allow_http", true)
        .with("callbacks.allowed_networks", "127.0.0.0/8");
  }

  /** Has the gateway call here for these types of events; returns the endpoint's id. */
  String subscribe(ApiClient api, String... types) {
    JsonObject endpoint =
        api.post(
                "/api/v1/callbacks",
                new JsonObject().put("url", url()).put("event_types", List.of(types)))
            .json(201);
    secret = endpoint.getString("secret");
    return endpoint.getString("id");
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/hook";
  }

  /** Takes callbacks and answers none. */
  void getStuck() {
    stuck = true;
  }

  /** Takes so long for each. */
  void takeMillisForEach(long millis) {
    millisEach = millis;
  }

  /** Answers each so manieth callback with 500. */
  void failEvery(int count) {
    failEvery = count;
  }

  /** All events that were taken, repeated ones too. */
  List<JsonObject> events() {
    return events;
  }

  /** What came for one notification: the events as CloudEvents. */
  List<JsonObject> of(String notificationId) {
    assertThat(refused).as("callbacks with a bad signature").isEmpty();
    return events.stream()
        .filter(event -> notificationId.equals(event.getString("subject")))
        .toList();
  }

  /** The types of the events of a notification, without what all begin with. */
  List<String> typesOf(String notificationId) {
    return of(notificationId).stream()
        .map(event -> event.getString("type").substring("io.signalbox.".length()))
        .toList();
  }

  /** What did not verify. */
  List<String> refused() {
    return refused;
  }

  int calls() {
    return calls.get();
  }

  private void take(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              int number = calls.incrementAndGet();
              if (stuck) {
                return;
              }
              if (millisEach > 0) {
                vertx.setTimer(millisEach, late -> answer(request, body.toString(), number));
              } else {
                answer(request, body.toString(), number);
              }
            });
  }

  private void answer(HttpServerRequest request, String body, int number) {
    int status = 500;
    if (number % failEvery != 0) {
      status = verifies(request, body) ? 204 : 401;
    }
    // The gateway may have been killed meanwhile.
    request.response().setStatusCode(status).end().otherwiseEmpty();
  }

  private boolean verifies(HttpServerRequest request, String body) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request.headers().names().forEach(name -> headers.put(name, request.headers().getAll(name)));
    try {
      new Webhook(secret).verify(body, headers);
      events.add(new JsonObject(body));
      return true;
    } catch (WebhookVerificationException e) {
      refused.add(e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    done(vertx.close());
  }

  /** Waits for a server to begin or to end. */
  static void done(Future<?> future) {
    try {
      future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
