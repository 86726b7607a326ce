package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looks at the bytes, since the laws of the kit are only as good as the faults it can play. */
class FakeProviderServerTest {
  private Vertx vertx;
  private FakeProviderServer server;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    server = FakeProviderServer.start(vertx);
  }

  @AfterEach
  void stop() {
    String unused = HostedProvider.await(vertx.close().map("closed"));
  }

  @Test
  void repliesAndRemembersTheRequest() throws Exception {
    server.reply(Reply.json(201, "{\"a\":1}").withHeader("X-One", "1"));

    assertThat(exchange())
        .startsWith("HTTP/1.1 201")
        .containsIgnoringCase("x-one: 1")
        .endsWith("{\"a\":1}");
    SeenRequest seen = server.seen().get(0);
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/path");
    assertThat(seen.query()).isEqualTo("q=1");
    assertThat(seen.text()).isEqualTo("body");
  }

  @Test
  void cutsBeforeTheAnswer() throws Exception {
    server.reply(Reply.cutBeforeAnswer());

    assertThat(exchange()).isEmpty();
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void cutsInTheAnswerAfterSomeOfIt() throws Exception {
    server.reply(Reply.of(200, "text/plain", Buffer.buffer("abcdef")).cutInAnswer());

    assertThat(exchange())
        .containsIgnoringCase("content-length: 22")
        .endsWith("abc")
        .doesNotContain("def");
  }

  @Test
  void hangsWithTheConnectionOpen() throws Exception {
    server.reply(Reply.hang());

    try (Socket socket = request()) {
      socket.setSoTimeout(200);
      InputStream in = socket.getInputStream();
      org.assertj.core.api.Assertions.assertThatThrownBy(in::read)
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  private String exchange() throws IOException {
    try (Socket socket = request()) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Socket request() throws IOException {
    int port = URI.create(server.url()).getPort();
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    String text =
        "POST /path?q=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody";
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    return socket;
  }
}
