package io.signalbox.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpAnswer.Unanswered;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDeliveryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private Vertx vertx;
  private Context context;
  private HttpDelivery delivery;

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

  @Test
  void readsAWholeAnswer() throws Exception {
    try (RawServer server = server((socket, request) -> socket.write(OK))) {
      Answered answer = (Answered) send(server, PATIENCE);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).hasToString("ok");
      assertThat(answer.successful()).isTrue();
    }
  }

  @Test
  void writesMethodPathHeadersAndBody() throws Exception {
    Promise<String> seen = Promise.promise();
    try (RawServer server =
        server(
            (socket, request) -> {
              seen.tryComplete(request);
              socket.write(OK);
            })) {
      HttpAnswer unused = send(call(server.url(), PATIENCE).withHeader("X-One", "1"));

      assertThat(await(seen.future()))
          .startsWith("POST /send HTTP/1.1\r\n")
          .containsIgnoringCase("\r\nx-one: 1\r\n")
          .containsIgnoringCase("\r\nuser-agent: signalbox/1\r\n")
          .endsWith("\r\n\r\n" + RawServer.BODY);
      assertThat(unused).isInstanceOf(Answered.class);
    }
  }

  @Test
  void usesAConnectionAgain() throws Exception {
    try (RawServer server = server((socket, request) -> socket.write(OK))) {
      assertThat(send(server, PATIENCE)).isInstanceOf(Answered.class);
      assertThat(send(server, PATIENCE)).isInstanceOf(Answered.class);

      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void followsNoRedirect() throws Exception {
    String redirect = "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n";
    try (RawServer server = server((socket, request) -> socket.write(redirect))) {
      assertThat(((Answered) send(server, PATIENCE)).status()).isEqualTo(302);
    }
  }

  @Test
  void refusedConnectionIsCertainlyNotSent() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    expect(
        send(call("http://127.0.0.1:" + port + "/send", PATIENCE)),
        Progress.NOT_CONNECTED,
        UnansweredCodes.CONNECTION_REFUSED);
  }

  @Test
  void unknownHostIsCertainlyNotSent() throws Exception {
    expect(
        send(call("http://no-such-host.invalid/send", PATIENCE)),
        Progress.NOT_CONNECTED,
        UnansweredCodes.DNS_FAILURE);
  }

  @Test
  void brokenHandshakeIsCertainlyNotSent() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread speaker = new Thread(() -> speakPlainText(plain));
      speaker.start();
      expect(
          send(call("https://localhost:" + plain.getLocalPort() + "/send", PATIENCE)),
          Progress.NOT_CONNECTED,
          UnansweredCodes.TLS_FAILURE);
    }
  }

  @Test
  void connectThatDoesNotComeAboutIsCertainlyNotSent() throws Exception {
    // A listener that never accepts, its backlog taken: further connects hang.
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      use(HttpDeliveryOptions.DEFAULTS.withConnectTimeout(SHORT));
      String url = "http://127.0.0.1:" + deaf.getLocalPort() + "/send";
      Future<HttpAnswer> first = sending(call(url, PATIENCE));
      Future<HttpAnswer> second = sending(call(url, PATIENCE));
      Future<HttpAnswer> third = sending(call(url, PATIENCE));
      Unanswered any = (Unanswered) await(Future.any(first, second, third).map(f -> firstOf(f)));

      assertThat(any.progress()).isEqualTo(Progress.NOT_CONNECTED);
      assertThat(any.code()).isEqualTo(UnansweredCodes.CONNECT_TIMEOUT);
    }
  }

  @Test
  void refusesMoreCallsThanMayWait() throws Exception {
    use(HttpDeliveryOptions.DEFAULTS.withPool(1, 0));
    try (RawServer server = server((socket, request) -> {})) {
      Future<HttpAnswer> busy = sending(call(server.url(), PATIENCE));
      expect(send(server, PATIENCE), Progress.NOT_CONNECTED, UnansweredCodes.POOL_EXHAUSTED);
      assertThat(busy.isComplete()).isFalse();
    }
  }

  @Test
  void callThatWaitsForAConnectionInVainIsNotSent() throws Exception {
    use(HttpDeliveryOptions.DEFAULTS.withPool(1, 5));
    try (RawServer server = server((socket, request) -> {})) {
      Future<HttpAnswer> busy = sending(call(server.url(), PATIENCE));
      expect(send(server, SHORT), Progress.NOT_CONNECTED, UnansweredCodes.POOL_EXHAUSTED);
      assertThat(busy.isComplete()).isFalse();
    }
  }

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

  @ParameterizedTest
  @ValueSource(strings = {"", "not a url", "ftp://127.0.0.1/", "http://"})
  void unusableUrlIsAnAnswerNotAFailure(String url) throws Exception {
    Unanswered answer = (Unanswered) send(call(url, SHORT));
    assertThat(answer.progress().certainlyNotSent()).isTrue();
  }

  @Test
  void headerThatWouldSplitIsAnAnswerNotAFailure() throws Exception {
    expect(
        send(call("http://127.0.0.1:1/", SHORT).withHeader("X-One", "1\r\nX-Two: 2")),
        Progress.NOT_CONNECTED,
        UnansweredCodes.BAD_REQUEST);
  }

  @Test
  void callsAfterCloseAreNotSent() throws Exception {
    await(on(() -> delivery.close()));
    await(on(() -> delivery.close()));
    expect(
        send(call("http://127.0.0.1:1/", SHORT)), Progress.NOT_CONNECTED, UnansweredCodes.CLOSED);
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

  @Test
  void answersOnTheContextOfTheCaller() throws Exception {
    try (RawServer server = server((socket, request) -> socket.write(OK))) {
      Context answered =
          await(
              on(
                  () ->
                      delivery
                          .send(call(server.url(), PATIENCE))
                          .map(a -> Vertx.currentContext())));
      assertThat(answered).isSameAs(context);
    }
  }

  @Test
  void checksReachabilityWithoutSendingAnything() throws Exception {
    Promise<String> seen = Promise.promise();
    try (RawServer server = server((socket, request) -> seen.tryComplete(request))) {
      assertThat(await(on(() -> delivery.checkReachable(server.url(), PATIENCE))).healthy())
          .isTrue();
      // A marker after it: had the check written anything, the server would have seen it first.
      assertThat(sending(call(server.url(), PATIENCE).withHeader("x-marker", "1")).isComplete())
          .isFalse();
      assertThat(await(seen.future())).contains("x-marker");
    }
  }

  @Test
  void unreachableHostIsUnhealthy() throws Exception {
    assertThat(await(on(() -> delivery.checkReachable("http://127.0.0.1:1/", PATIENCE))).healthy())
        .isFalse();
    assertThat(await(on(() -> delivery.checkReachable("nonsense", PATIENCE))).healthy()).isFalse();
  }

  @Test
  void textFormsHoldNoSecret() {
    HttpCall call =
        call("http://127.0.0.1/bot123:token/", SHORT).withHeader("Authorization", "key");
    assertThat(call.toString()).doesNotContain("token").doesNotContain("key");
  }

  private void use(HttpDeliveryOptions options) {
    delivery = new HttpDelivery(vertx, options);
  }

  private RawServer server(BiConsumer<NetSocket, String> script) throws Exception {
    return RawServer.start(vertx, script);
  }

  private static void cut(NetSocket socket, String part) {
    socket.write(part).onComplete(written -> socket.close());
  }

  private static HttpCall call(String url, Duration timeout) {
    return new HttpCall(
        HttpMethod.POST, url, HttpHeaders.headers(), Buffer.buffer(RawServer.BODY), timeout);
  }

  private HttpAnswer send(RawServer server, Duration timeout) throws Exception {
    return send(call(server.url(), timeout));
  }

  private HttpAnswer send(HttpCall call) throws Exception {
    return await(sending(call));
  }

  private Future<HttpAnswer> sending(HttpCall call) {
    return on(() -> delivery.send(call));
  }

  private <T> Future<T> on(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(v -> work.get().onComplete(done));
    return done.future();
  }

  private static HttpAnswer firstOf(io.vertx.core.CompositeFuture futures) {
    for (int i = 0; i < futures.size(); i++) {
      if (futures.succeeded(i)) {
        return futures.resultAt(i);
      }
    }
    throw new AssertionError("none completed");
  }

  private static void expect(HttpAnswer answer, Progress progress, String code) {
    assertThat(answer).isInstanceOf(Unanswered.class);
    Unanswered unanswered = (Unanswered) answer;
    assertThat(unanswered.code()).isEqualTo(code);
    assertThat(unanswered.progress()).isEqualTo(progress);
    assertThat(unanswered.outcome().kind())
        .isEqualTo(progress.certainlyNotSent() ? OutcomeKind.TRANSIENT : OutcomeKind.UNKNOWN);
  }

  private static void speakPlainText(ServerSocket server) {
    try (var socket = server.accept()) {
      socket
          .getOutputStream()
          .write("hello, no TLS here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      int unused = socket.getInputStream().read();
    } catch (java.io.IOException e) {
      // The client has gone: that is what the test is about.
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
