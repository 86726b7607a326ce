package io.signalbox.gateway.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;

/** Calls the control port of a simulator. */
final class ControlClient {
  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  private static final long TIMEOUT_MILLIS = 5_000;

  private final HttpClient http;
  private final String url;

  ControlClient(Vertx vertx, String url) {
    this.http =
        vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS));
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  Future<JsonObject> get(String path) {
    return call(HttpMethod.GET, path, Buffer.buffer());
  }

  Future<JsonObject> post(String path, JsonObject body) {
    return call(HttpMethod.POST, path, body.toBuffer());
  }

  private Future<JsonObject> call(HttpMethod method, String path, Buffer body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(url + path)
            .setTimeout(TIMEOUT_MILLIS)
            .putHeader("content-type", "application/json");
    // The body is asked for where the response arrives: later it may have passed unseen.
    return http.request(options)
        .compose(request -> request.send(body).compose(response -> answer(response, path)));
  }

  private Future<JsonObject> answer(HttpClientResponse response, String path) {
    return response
        .body()
        .compose(
            answer ->
                response.statusCode() == 200
                    ? Future.succeededFuture(answer.toJsonObject())
                    : Future.failedFuture(
                        new IllegalStateException(
                            url + path + " answered " + response.statusCode())));
  }

  Future<Void> close() {
    return http.close();
  }
}
