package io.signalbox.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpAnswer.Unanswered;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a call that was cut off, wherever the cut is. */
class HttpDeliveryCutTest extends BaseHttpTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 20",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"
      })
  void closeBeforeTheAnswersHeadIsWholeLeavesTheOutcomeUnknown(String part) throws Exception {
    try (RawServer server = server((socket, request) -> cut(socket, part))) {
      expect(send(server, PATIENCE), Progress.BODY_WRITTEN, UnansweredCodes.CONNECTION_RESET);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\"",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
        "HTTP/1.1 200 OK\r\n\r\n{\"id\":\"whole, but who can tell\"}"
      })
  void answerThatMayHaveBrokenOffIsNeverTakenForAWholeOne(String part) throws Exception {
    try (RawServer server = server((socket, request) -> cut(socket, part))) {
      expect(send(server, PATIENCE), Progress.ANSWER_BEGUN, UnansweredCodes.ANSWER_TRUNCATED);
    }
  }

  @Test
  void answerWithoutContentIsWhole() throws Exception {
    try (RawServer server =
        server((socket, request) -> cut(socket, "HTTP/1.1 204 No Content\r\n\r\n"))) {
      assertThat(((Answered) send(server, PATIENCE)).status()).isEqualTo(204);
    }
  }

  @Test
  void keptConnectionThatIsClosedJustThenCountsAsWritten() throws Exception {
    try (RawServer server =
        server(
            (socket, request) -> {
              if (request.contains("x-last")) {
                socket.close();
              } else {
                socket.write(OK);
              }
            })) {
      assertThat(send(server, PATIENCE)).isInstanceOf(Answered.class);
      expect(
          send(call(server.url(), PATIENCE).withHeader("x-last", "1")),
          Progress.BODY_WRITTEN,
          UnansweredCodes.CONNECTION_RESET);
      assertThat(server.connections()).isEqualTo(1);
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
          send(call(server.url(), SHORT).withHeader("x-silent", "1")),
          Progress.BODY_WRITTEN,
          UnansweredCodes.TIMEOUT);
      assertThat(send(server, PATIENCE)).isInstanceOf(Answered.class);
    }
  }

  @Test
  void answerThatStallsEndsAtTheTimeout() throws Exception {
    String begun = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{";
    try (RawServer server = server((socket, request) -> socket.write(begun))) {
      expect(send(server, SHORT), Progress.ANSWER_BEGUN, UnansweredCodes.TIMEOUT);
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
  void answerThatIsNotHttpLeavesTheOutcomeUnknown() throws Exception {
    try (RawServer server =
        server((socket, request) -> socket.write("SSH-2.0-none of yours\r\n"))) {
      Unanswered answer = (Unanswered) send(server, Duration.ofSeconds(2));
      assertThat(answer.outcome().kind()).isEqualTo(OutcomeKind.UNKNOWN);
      assertThat(answer.code()).isEqualTo(UnansweredCodes.ANSWER_MALFORMED);
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
