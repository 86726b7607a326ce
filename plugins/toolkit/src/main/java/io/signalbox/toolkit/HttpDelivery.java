package io.signalbox.toolkit;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.Progress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Outgoing HTTP calls that say truthfully how far each got, since "certainly not sent" may be tried
 * elsewhere at once and "perhaps sent" may not.
 *
 * <p>Speaks HTTP/1.1 with one request at a time on a connection: on a multiplexed connection the
 * fate of one call could not be told from the fate of the connection. Redirects are answers, never
 * followed. Nothing is retried.
 *
 * <p>Threading: to be used on one Vert.x context; Futures complete there.
 */
public final class HttpDelivery {
  private final Vertx vertx;
  private final HttpDeliveryOptions options;
  private final HttpClient client;
  private int inFlight;
  private boolean closed;
  private @Nullable String lastUrl;
  private @Nullable RequestOptions lastTarget;

  /**
   * Makes the pool; opens no connection yet.
   *
   * @param vertx of the provider
   * @param options limits and times
   */
  public HttpDelivery(Vertx vertx, HttpDeliveryOptions options) {
    this.vertx = vertx;
    this.options = options;
    this.client =
        vertx
            .httpClientBuilder()
            .with(clientOptions(options))
            .with(poolOptions(options))
            // The calls on the connection report its end; without a handler it is logged as well.
            .withConnectHandler(connection -> connection.exceptionHandler(e -> {}))
            .build();
  }

  /**
   * Makes one call.
   *
   * @param call what to send
   * @return never fails: every way to go wrong is an {@link HttpAnswer.Unanswered}
   */
  public Future<HttpAnswer> send(HttpCall call) {
    if (closed) {
      return notSent(UnansweredCodes.CLOSED, "the provider was closed");
    }
    RequestOptions request;
    try {
      request = requestOptions(call.method(), call.url(), call.timeout());
      request.setHeaders(HttpHeaders.headers().addAll(call.headers()));
    } catch (RuntimeException e) {
      return notSent(UnansweredCodes.BAD_REQUEST, "the URL or a header is not usable");
    }
    if (!request.getHeaders().contains(HttpHeaders.USER_AGENT)) {
      request.putHeader(HttpHeaders.USER_AGENT.toString(), options.userAgent());
    }
    inFlight++;
    boolean mayHaveToWait = inFlight > options.maxConnections();
    return new HttpExchange(vertx, call, options.maxAnswerBytes(), mayHaveToWait)
        .run(client.request(request))
        .onComplete(done -> inFlight--);
  }

  /**
   * Opens a connection to the URL's host, TLS included, and sends nothing over it: for providers
   * whose API has no harmless call. Says nothing about credentials.
   *
   * @param url absolute, {@code http} or {@code https}
   * @param timeout how long that may take
   * @return never fails
   */
  public Future<CheckResult> checkReachable(String url, Duration timeout) {
    if (closed) {
      return Future.succeededFuture(CheckResult.unhealthy("the provider was closed"));
    }
    RequestOptions request;
    try {
      request = requestOptions(HttpMethod.GET, url, timeout);
    } catch (RuntimeException e) {
      return Future.succeededFuture(CheckResult.unhealthy("the URL is not usable"));
    }
    return client
        .request(request)
        .compose(unsent -> unsent.exceptionHandler(e -> {}).reset().otherwiseEmpty())
        .map(CheckResult.healthy("reachable; credentials are not checked"))
        .otherwise(e -> CheckResult.unhealthy(Failures.connecting(e, false).message()));
  }

  /**
   * Closes all connections; calls under way end as far as they got. May be called twice.
   *
   * @return succeeds once they are closed
   */
  public Future<Void> close() {
    if (closed) {
      return Future.succeededFuture();
    }
    closed = true;
    return client.close();
  }

  private RequestOptions requestOptions(HttpMethod method, String url, Duration timeout) {
    long connectMillis = Math.min(options.connectTimeout().toMillis(), timeout.toMillis());
    return new RequestOptions(target(url))
        .setMethod(method)
        .setConnectTimeout(Math.max(1, connectMillis));
  }

  /** Where a URL leads. Most calls of a provider lead to the same, which is read once. */
  private RequestOptions target(String url) {
    RequestOptions known = lastTarget;
    if (known != null && url.equals(lastUrl)) {
      return known;
    }
    URI uri = URI.create(url);
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw new IllegalArgumentException("not an absolute http or https URL");
    }
    RequestOptions target = new RequestOptions().setAbsoluteURI(url).setFollowRedirects(false);
    lastUrl = url;
    lastTarget = target;
    return target;
  }

  private static Future<HttpAnswer> notSent(String code, String message) {
    return Future.succeededFuture(new HttpAnswer.Unanswered(Progress.NOT_CONNECTED, code, message));
  }

  private static HttpClientOptions clientOptions(HttpDeliveryOptions options) {
    int connectMillis = Math.toIntExact(options.connectTimeout().toMillis());
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setPipelining(false)
        .setKeepAlive(true)
        .setKeepAliveTimeout(Math.toIntExact(options.keepAlive().toSeconds()))
        .setConnectTimeout(connectMillis)
        .setSslHandshakeTimeout(connectMillis)
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  private static PoolOptions poolOptions(HttpDeliveryOptions options) {
    return new PoolOptions()
        .setHttp1MaxSize(options.maxConnections())
        .setMaxWaitQueueSize(options.maxWaiting());
  }
}
