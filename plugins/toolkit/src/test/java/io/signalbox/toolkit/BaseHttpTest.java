package io.signalbox.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.signalbox.toolkit.HttpAnswer.Unanswered;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A delivery on a context of its own, and short ways to call it. */
abstract class BaseHttpTest {
  static final Duration PATIENCE = Duration.ofSeconds(10);
  static final Duration SHORT = Duration.ofMillis(150);
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  Vertx vertx;
  Context context;
  HttpDelivery delivery;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
    use(HttpDeliveryOptions.DEFAULTS);
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  void use(HttpDeliveryOptions options) {
    delivery = new HttpDelivery(vertx, options);
  }

  RawServer server(BiConsumer<NetSocket, String> script) throws Exception {
    return RawServer.start(vertx, script);
  }

  static HttpCall call(String url, Duration timeout) {
    return new HttpCall(
        HttpMethod.POST, url, HttpHeaders.headers(), Buffer.buffer(RawServer.BODY), timeout);
  }

  HttpAnswer send(RawServer server, Duration timeout) throws Exception {
    return send(call(server.url(), timeout));
  }

  HttpAnswer send(HttpCall call) throws Exception {
    return await(sending(call));
  }

  Future<HttpAnswer> sending(HttpCall call) {
    return on(() -> delivery.send(call));
  }

  <T> Future<T> on(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(v -> work.get().onComplete(done));
    return done.future();
  }

  static void expect(HttpAnswer answer, Progress progress, String code) {
    assertThat(answer).isInstanceOf(Unanswered.class);
    Unanswered unanswered = (Unanswered) answer;
    assertThat(unanswered.code()).isEqualTo(code);
    assertThat(unanswered.progress()).isEqualTo(progress);
    assertThat(unanswered.outcome().kind())
        .isEqualTo(progress.certainlyNotSent() ? OutcomeKind.TRANSIENT : OutcomeKind.UNKNOWN);
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
