package io.signalbox.gateway.security;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a published key set: one request, bounded in time and size, no redirection followed. */
final class KeySetClient {
  private static final int MOST_BYTES = 256 * 1024;
  private static final int CONNECT_MILLIS = 3_000;
  private static final long WHOLE_MILLIS = 5_000;

  private final Vertx vertx;
  private final String url;
  private final HttpClient client;

  KeySetClient(Vertx vertx, String url) {
    this.vertx = vertx;
    this.url = url;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAlive(false),
            new PoolOptions().setHttp1MaxSize(1));
  }

  /** The usable keys; fails if there is none, or no answer of the right form in time. */
  Future<List<TokenKey>> read() {
    Promise<List<TokenKey>> result = Promise.promise();
    long timer =
        vertx.setTimer(
            WHOLE_MILLIS, late -> result.tryFail(new TimeoutException("no answer within 5 s")));
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(url)
            .putHeader("accept", "application/json");
    // A client that was closed a moment ago throws, which is a failure like others.
    Future.succeededFuture()
        .compose(now -> client.request(options))
        .compose(
            request -> {
              // Whoever gives up waiting lets the connection go too.
              result.future().onFailure(late -> request.reset());
              return request.send().compose(KeySetClient::body);
            })
        .map(body -> usable(JsonWebKeys.read(new JsonObject(body))))
        .onComplete(result::tryComplete, result::tryFail);
    return result.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  /** Ends what is under way. */
  Future<Void> close() {
    return client.shutdown(0, TimeUnit.SECONDS);
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      // Its body is not waited for: the connection ends, which is no failure of its own.
      response.exceptionHandler(ended -> {});
      return Future.failedFuture(new IllegalStateException("HTTP " + response.statusCode()));
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(whole::tryFail);
    response.endHandler(end -> whole.tryComplete(body));
    response.handler(
        part -> {
          if (body.length() + part.length() > MOST_BYTES) {
            whole.tryFail(new IllegalStateException("the key set is larger than 256 KiB"));
          } else {
            body.appendBuffer(part);
          }
        });
    return whole.future();
  }

  private static List<TokenKey> usable(List<TokenKey> keys) {
    if (keys.isEmpty()) {
      throw new IllegalStateException("the key set has no key that can be used here");
    }
    return keys;
  }
}
