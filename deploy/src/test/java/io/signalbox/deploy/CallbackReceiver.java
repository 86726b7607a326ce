package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** An application's endpoint: takes callbacks, and keeps those that the official library takes. */
final class CallbackReceiver implements AutoCloseable {
  private final Vertx vertx;
  private final HttpServer server;
  private final List<JsonObject> verified = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private volatile Webhook verifier = new Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

  private CallbackReceiver() {
    vertx = Vertx.vertx();
    server = vertx.createHttpServer().requestHandler(this::take).listen(0, "127.0.0.1").await();
  }

  static CallbackReceiver start() {
    return new CallbackReceiver();
  }

  /** Has the gateway call here for these types of events. */
  void subscribe(ApiClient api, String... types) {
    JsonObject endpoint =
        api.post(
                "/api/v1/callbacks",
                new JsonObject()
                    .put("url", "http://127.0.0.1:" + server.actualPort() + "/events")
                    .put("event_types", new JsonArray(List.of(types))))
            .json(201);
    verifier = new Webhook(endpoint.getString("secret"));
  }

  /** What came for one notification: the events as CloudEvents. */
  List<JsonObject> of(String notificationId) {
    assertThat(refused).as("callbacks with a bad signature").isEmpty();
    return verified.stream()
        .filter(
            event ->
                notificationId.equals(event.getJsonObject("data").getString("notification_id")))
        .toList();
  }

  private void take(HttpServerRequest request) {
    Map<String, List<String>> headers =
        request.headers().names().stream()
            .collect(Collectors.toMap(name -> name, name -> request.headers().getAll(name)));
    request
        .body()
        .onSuccess(
            body -> {
              try {
                verifier.verify(body.toString(), HttpHeaders.of(headers, (name, value) -> true));
                verified.add(body.toJsonObject());
                request.response().setStatusCode(204).end();
              } catch (WebhookVerificationException e) {
                refused.add(e.getMessage());
                request.response().setStatusCode(401).end();
              }
            });
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
