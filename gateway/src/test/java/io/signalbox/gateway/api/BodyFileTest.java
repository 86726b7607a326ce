package io.signalbox.gateway.api;

import static io.signalbox.gateway.Patience.await;
import static io.signalbox.gateway.api.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.GatewayException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that go to files, over real sockets. */
class BodyFileTest {
  private static final int MAX = 8 << 20;

  @TempDir private Path dir;
  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Promise<Void> mayOpen = Promise.promise();
  private volatile Duration timeout = Duration.ofSeconds(30);
  private HttpServer server;
  private Path file;

  @BeforeEach
  void start() throws Exception {
    file = Files.createFile(dir.resolve("body"));
    server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(this::take)
                .listen(0, InetAddress.getLoopbackAddress().getHostAddress()));
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  /** As a route does: the file is there later than the request. */
  private void take(HttpServerRequest request) {
    BodyFile body = new BodyFile(vertx, request, MAX, timeout);
    Future<Void> opened =
        request.path().equals("/late") ? mayOpen.future() : vertx.timer(1).mapEmpty();
    opened
        .compose(now -> body.into(file))
        .onComplete(
            done -> request.response().end("whole"),
            refused -> {
              failure.set(refused);
              body.discard();
              int status = refused instanceof GatewayException known ? known.status() : 500;
              request.response().setStatusCode(status).end();
            });
  }

  @Test
  void aBodyIsInTheFileWhenItIsAnswered() throws Exception {
    for (int size : new int[] {0, 1, 100_000, MAX}) {
      byte[] sent = new byte[size];
      new Random(size).nextBytes(sent);
      assertThat(put("/", sent)).isEqualTo(200);
      assertThat(Files.readAllBytes(file)).isEqualTo(sent);
    }
  }

  @Test
  void whatComesBeforeTheFileIsOpenIsHeldBack() throws Exception {
    byte[] sent = new byte[MAX];
    new Random(7).nextBytes(sent);
    vertx.setTimer(200, late -> mayOpen.complete());
    assertThat(put("/late", sent)).isEqualTo(200);
    assertThat(Files.readAllBytes(file)).isEqualTo(sent);
  }

  @Test
  void tooMuchIsAnsweredWith413() throws Exception {
    assertThat(put("/", new byte[MAX + 1])).isEqualTo(413);
    assertThat(Files.size(file)).isLessThanOrEqualTo(MAX);
  }

  @Test
  void aClientThatIsTooSlowOrGoesAwayIsNotWaitedFor() throws Exception {
    Socket gone = half();
    await().until(() -> Files.size(file) > 0);
    assertThat(failure.get()).isNull();
    gone.close();
    await().until(() -> failure.get() != null);

    failure.set(null);
    timeout = Duration.ofMillis(200);
    try (Socket client = half()) {
      await().until(() -> failure.get() != null);
      assertThat(failure.get()).hasMessageContaining("did not come within");
      assertThat(client.isClosed()).isFalse();
    }
  }

  /** A client that has sent half of what it announced. */
  private Socket half() throws Exception {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    OutputStream out = client.getOutputStream();
    out.write(
        "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[5_000]);
    out.flush();
    return client;
  }

  private int put(String path, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
            .timeout(Duration.ofSeconds(30))
            .PUT(BodyPublishers.ofByteArray(body))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }
}
