package io.signalbox.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Progress;
import io.signalbox.toolkit.HttpAnswer.Unanswered;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a call that never got as far as a connection. */
class HttpDeliveryConnectTest extends BaseHttpTest {
  @Test
  void refusedConnectionIsCertainlyNotSent() throws Exception {
    // Bound, so that nobody can listen on it or connect from it; and not listening.
    try (Socket holder = new Socket()) {
      holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      expect(
          send(call("http://127.0.0.1:" + holder.getLocalPort() + "/send", PATIENCE)),
          Progress.NOT_CONNECTED,
          UnansweredCodes.CONNECTION_REFUSED);
    }
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

  private static HttpAnswer firstOf(io.vertx.core.CompositeFuture futures) {
    for (int i = 0; i < futures.size(); i++) {
      if (futures.succeeded(i)) {
        return futures.resultAt(i);
      }
    }
    throw new AssertionError("none completed");
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
}
