package io.signalbox.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Progress;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is around cuts; every cut itself is a row of {@link CutPointTest}. */
class HttpDeliveryCutTest extends BaseHttpTest {
  @Test
  void answerWithoutContentIsWhole() throws Exception {
    try (RawServer server =
        server((socket, request) -> cut(socket, "HTTP/1.1 204 No Content\r\n\r\n"))) {
      assertThat(((Answered) send(server, PATIENCE)).status()).isEqualTo(204);
    }
  }

  @Test
  void silenceEndsAtTheTimeoutAndFreesTheConnection() throws Exception {
    use(HttpDeliveryOptions.DEFAULTS.withPool(1, 0));
    try (RawServer server =
        server(
            (socket, request) -> {
              if (!request.contains("x-silent")) {
                socket.write(OK);
              }
            })) {
      expect(
          send(call(server.url(), Duration.ofSeconds(2)).withHeader("x-silent", "1")),
          Progress.BODY_WRITTEN,
          UnansweredCodes.TIMEOUT);
      assertThat(send(server, PATIENCE)).isInstanceOf(Answered.class);
    }
  }

  @Test
  void answerOverTheLimitIsCutOff() throws Exception {
    int length = HttpDeliveryOptions.DEFAULTS.maxAnswerBytes() + 1;
    Buffer large =
        Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n")
            .appendBytes(new byte[length]);
    try (RawServer server = server((socket, request) -> socket.write(large))) {
      expect(send(server, PATIENCE), Progress.ANSWER_BEGUN, UnansweredCodes.ANSWER_TOO_LARGE);
    }
  }

  @Test
  void closeEndsCallsUnderWayAsFarAsTheyGot() throws Exception {
    Promise<Void> arrived = Promise.promise();
    try (RawServer server = server((socket, request) -> arrived.tryComplete())) {
      Future<HttpAnswer> open = sending(call(server.url(), PATIENCE));
      await(arrived.future());
      await(on(() -> delivery.close()));
      expect(await(open), Progress.BODY_WRITTEN, UnansweredCodes.CONNECTION_RESET);
    }
  }

  private static void cut(NetSocket socket, String part) {
    socket.write(part).onComplete(written -> socket.close());
  }
}
