package io.signalbox.gateway.callback;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.CallbackDelivery;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.DeliveryState;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What follows from what an endpoint answers, or does not. */
class CallbackAnswerTest extends CallbackRun {
  @Test
  void retryAfterIsHonoured() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    receiver.answers(
        request -> {
          request.response().putHeader("retry-after", "1");
          Receiver.status(request, calls.incrementAndGet() == 1 ? 429 : 200);
        });
    CallbackEndpoint endpoint = add("/hook");
    long began = System.nanoTime();
    test(endpoint);
    received(2);

    assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(950));
  }

  @Test
  void anEndpointThatIsGoneIsDisabled() throws Exception {
    receiver.answers(r -> Receiver.status(r, 410));
    CallbackEndpoint endpoint = add("/hook");
    test(endpoint);

    await().until(() -> !find(endpoint).enabled());
    assertThat(find(endpoint).disabledReason()).isEqualTo("gone");
    assertThatThrownBy(() -> test(endpoint)).hasCauseInstanceOf(GatewayException.class);
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    AtomicInteger elsewhere = new AtomicInteger();
    receiver.answers(
        request -> {
          if (request.uri().equals("/elsewhere")) {
            elsewhere.incrementAndGet();
          }
          request
              .response()
              .putHeader("location", "http://127.0.0.1:" + receiver.port() + "/elsewhere");
          Receiver.status(request, 307);
        });
    CallbackEndpoint endpoint = add("/hook");
    test(endpoint);

    assertThat(logged(endpoint, DeliveryState.FAILED).error()).isEqualTo("redirected");
    assertThat(elsewhere).hasValue(0);
  }

  @Test
  void anAnswerThatNeverComesIsATimeout() throws Exception {
    restartWith("callbacks.timeout", "500ms");
    receiver.answers(request -> {});
    CallbackEndpoint endpoint = add("/hook");
    test(endpoint);

    await().until(() -> log(endpoint).get(0).error() != null);
    assertThat(log(endpoint).get(0).error()).isEqualTo("timeout");
  }

  @Test
  void aHugeAnswerIsCutOffAndItsStatusCounts() throws Exception {
    receiver.answers(CallbackAnswerTest::floods);
    CallbackEndpoint endpoint = add("/hook");
    test(endpoint);

    // The flood has no end: who waited for it would tell of a timeout.
    CallbackDelivery log = logged(endpoint, DeliveryState.DELIVERED);
    assertThat(log.httpStatus()).isEqualTo(200);
    assertThat(log.attempts()).isEqualTo(1);
  }

  private static void floods(HttpServerRequest request) {
    request.response().setChunked(true).setStatusCode(200);
    Buffer much = Buffer.buffer(new byte[32 << 10]);
    request
        .response()
        .exceptionHandler(cut -> {})
        .drainHandler(more -> request.response().write(much).onComplete(done -> {}));
    for (int i = 0; i < 64; i++) {
      request.response().write(much).onComplete(done -> {});
    }
  }
}
