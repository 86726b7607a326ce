package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.security.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client of good will sends: it is refused with a problem or cut off, and harms nobody. */
class RawSocketTest {
  private static final String HOST = "Host: a\r\n";
  private static final String SEND = "POST /api/v1/notifications/send HTTP/1.1\r\n" + HOST;
  private static final String MAIL =
      "{\"notification_type\":\"t\",\"channel\":\"email\",\"recipient_email\":\"a@example.com\","
          + "\"message\":\"m\"}";

  @TempDir private static Path dir;
  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of());
  }

  @AfterAll
  static void everythingStillWorksAndNothingIsLeftOpen() throws Exception {
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write(
          authorized("Content-Length: " + MAIL.length() + "\r\nConnection: close\r\n"));
      connection.write(MAIL);
      assertThat(RawConnection.statuses(connection.readToEnd())).containsExactly(202);
    }
    Calls calls = new Calls(gateway.url());
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(
                        calls
                            .send(
                                "GET",
                                "/metrics",
                                "",
                                "authorization",
                                "Bearer " + gateway.token(Role.ADMIN))
                            .text())
                    // That of the question.
                    .contains("signalbox_http_connections{port=\"all\"} 1.0"));
    gateway.close();
  }

  private static String authorized(String more) {
    return SEND
        + "Authorization: Bearer "
        + gateway.token(Role.SENDER)
        + "\r\nContent-Type: application/json\r\n"
        + more
        + "\r\n";
  }

  static Stream<Arguments> refused() {
    String get = "GET /health/live HTTP/1.1\r\n";
    String post = SEND + "Content-Type: application/json\r\n";
    return Stream.of(
        Arguments.of("no host", get + "\r\n", 400),
        Arguments.of("two hosts", get + HOST + HOST + "\r\n", 400),
        Arguments.of("a host that is none", get + "Host: a:b:c\r\n\r\n", 400),
        Arguments.of("no path", "GET health/live HTTP/1.1\r\n" + HOST + "\r\n", 404),
        Arguments.of("two lengths", post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 400),
        Arguments.of(
            "a length twice", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", 400),
        Arguments.of("a list of lengths", post + "Content-Length: 5, 5\r\n\r\n", 400),
        Arguments.of("a negative length", post + "Content-Length: -1\r\n\r\n", 400),
        Arguments.of("a signed length", post + "Content-Length: +5\r\n\r\n", 400),
        Arguments.of("no number as length", post + "Content-Length: five\r\n\r\n", 400),
        Arguments.of(
            "a length too large", post + "Content-Length: 99999999999999999999\r\n\r\n", 400),
        Arguments.of(
            "two codings", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400),
        Arguments.of("an unknown coding", post + "Transfer-Encoding: xchunked\r\n\r\n", 400),
        Arguments.of(
            "a coding twice",
            post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
            400),
        Arguments.of(
            "chunks in HTTP/1.0",
            "POST / HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400),
        Arguments.of("a space before the colon", get + "Host : a\r\n\r\n", 400),
        Arguments.of("no colon", get + HOST + "nothing\r\n\r\n", 400),
        Arguments.of("no name", get + HOST + ": nothing\r\n\r\n", 400),
        Arguments.of("a zero byte", get + HOST + "X-A: a\0b\r\n\r\n", 400),
        Arguments.of("a bare line feed", "GET /health/live HTTP/1.1\n" + "Host: a\n\n", 400),
        Arguments.of("a bare carriage return", get + HOST + "X-A: a\rb: c\r\n\r\n", 400),
        Arguments.of(
            "a folded first header", "GET / HTTP/1.1\r\n folded: a\r\n" + HOST + "\r\n", 400),
        Arguments.of("no version", "GET /health/live\r\n\r\n", 400),
        Arguments.of("no protocol", "GET / FOO\r\n" + HOST + "\r\n", 400),
        Arguments.of(
            "a long line", "GET /" + "a".repeat(10_000) + " HTTP/1.1\r\n" + HOST + "\r\n", 414),
        Arguments.of("a large header", get + HOST + "X-A: " + "a".repeat(20_000) + "\r\n\r\n", 431),
        Arguments.of("many headers", get + HOST + "a: b\r\n".repeat(200) + "\r\n", 431),
        Arguments.of(
            "100,000 headers", get + HOST + "X-Header: b\r\n".repeat(100_000) + "\r\n", 431),
        Arguments.of(
            "a WebSocket",
            get
                + HOST
                + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            400),
        Arguments.of("another protocol", "SSH-2.0-OpenSSH_9.2\r\n\r\n", 400));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void answersWithAProblemAndCloses(String what, String bytes, int status) throws Exception {
    try (RawConnection connection = new RawConnection(gateway.url())) {
      boolean taken = connection.write(bytes);
      String answer = connection.readToEnd();
      // One that closes while much is on its way may take its answer with it.
      if (taken || !answer.isEmpty()) {
        if (answer.isEmpty()) {
          assertThat(bytes.length()).as(what).isGreaterThan(9_000);
          return;
        }
        assertThat(RawConnection.statuses(answer)).as(what).containsExactly(status);
        assertThat(answer)
            .containsIgnoringCase("content-type: application/problem+json")
            .containsIgnoringCase("x-content-type-options: nosniff")
            .contains("\"status\":" + status);
      }
    }
  }

  @Test
  void aVersionOfNobodyIsClosed() throws Exception {
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write("GET / HTTP/9.9\r\n" + HOST + "\r\n");
      assertThat(RawConnection.statuses(connection.readToEnd())).isSubsetOf(501);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n",
        "-5\r\nhello\r\n",
        "FFFFFFFFFFFFFFFFF\r\nhello\r\n",
        "0x5\r\nhello\r\n",
        "5\r\nhello, and more\r\n0\r\n\r\n",
        "5\nhello\n0\n\n",
        "\r\nhello",
        "5 5\r\nhello\r\n0\r\n\r\n"
      })
  void cutsOffWhatIsNotMadeOfChunks(String chunks) throws Exception {
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write(authorized("Transfer-Encoding: chunked\r\n"));
      connection.write(chunks);
      assertThat(RawConnection.statuses(connection.readToEnd()))
          .allMatch(status -> status >= 400 && status < 500);
    }
  }

  @Test
  void takesChunksWithTrailersAndCutsOffEndlessExtensions() throws Exception {
    String size = Integer.toHexString(MAIL.length());
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write(authorized("Transfer-Encoding: chunked\r\n"));
      connection.write(size + "\r\n" + MAIL + "\r\n0\r\nX-Trailer: a\r\n\r\n");
      assertThat(RawConnection.statuses(connection.readToEnd())).containsExactly(202);
    }
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write(authorized("Transfer-Encoding: chunked\r\n"));
      connection.write(size + ";name=value\r\n" + MAIL + "\r\n0\r\n\r\n");
      assertThat(RawConnection.statuses(connection.readToEnd())).hasSize(1).isSubsetOf(202, 400);
    }
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write(authorized("Transfer-Encoding: chunked\r\n"));
      connection.write(size + ";" + "e".repeat(200_000) + "\r\n" + MAIL + "\r\n0\r\n\r\n");
      assertThat(RawConnection.statuses(connection.readToEnd()))
          .allMatch(status -> status >= 400 && status < 500);
    }
  }

  /** Whoever reads it by its length sees one request; whoever reads the chunks sees two. */
  @Test
  void aRequestInsideARequestIsNotAnswered() throws Exception {
    String hidden = "GET /health/live HTTP/1.1\r\n" + HOST + "\r\n";
    String chunked = "0\r\n\r\n" + hidden;
    for (String order :
        List.of(
            "Content-Length: " + chunked.length() + "\r\nTransfer-Encoding: chunked\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: " + chunked.length() + "\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n")) {
      try (RawConnection connection = new RawConnection(gateway.url())) {
        connection.write(authorized(order) + chunked);
        List<Integer> statuses = RawConnection.statuses(connection.readToEnd());
        assertThat(statuses).as(order).hasSize(1).allMatch(s -> s >= 400 && s < 500);
      }
    }
  }

  /** Also where the first of them has no path or host that a route could be found for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST * HTTP/1.1\r\nHost: a\r\n",
        "POST health HTTP/1.1\r\nHost: a\r\n",
        "POST / HTTP/1.1\r\n",
        "POST / HTTP/1.1\r\nHost: a b\r\n"
      })
  void aRequestInsideOneThatHasNoRouteIsNotAnswered(String outer) throws Exception {
    String chunked = "0\r\n\r\nGET /health/live HTTP/1.1\r\n" + HOST + "\r\n";
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write(
          outer
              + "Content-Length: "
              + chunked.length()
              + "\r\nTransfer-Encoding: chunked\r\n\r\n"
              + chunked);
      assertThat(RawConnection.statuses(connection.readToEnd())).hasSize(1).isSubsetOf(400, 404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "no request at all\r\n\r\n"
      })
  void whatFollowsChunksIsNotLookedAtWhateverItIs(String hidden) throws Exception {
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write(
          "POST /nothing HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
              + hidden);
      assertThat(RawConnection.statuses(connection.readToEnd())).containsExactly(404);
    }
  }

  /** Some clients offer TLS on their first request; nobody has to take an offer. */
  @Test
  void anUpgradeToAnythingElseIsPassedOver() throws Exception {
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write(
          "GET /health/live HTTP/1.1\r\n"
              + HOST
              + "Upgrade: TLS/1.2\r\nConnection: Upgrade\r\n\r\n");
      assertThat(connection.readUntil("alive")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aFoldedHeaderIsReadAsOneOrRefused() throws Exception {
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write(
          "GET /health/live HTTP/1.1\r\n" + HOST + "X-A: a\r\n b\r\nConnection: close\r\n\r\n");
      assertThat(RawConnection.statuses(connection.readToEnd()))
          .hasSize(1)
          .allMatch(status -> status == 200 || status == 400);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /hea",
        "GET /health/live HTTP/1.1\r\nHost",
        "POST /api/v1/notifications/send HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{",
        "POST /api/v1/notifications/send HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe"
      })
  void aHalfRequestThatEndsIsClosed(String half) throws Exception {
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write(half);
      assertThat(RawConnection.statuses(connection.end().readToEnd()))
          .allMatch(status -> status >= 400 && status < 500);
    }
  }

  @Test
  void aBodyThatIsShorterThanItSaysIsNotAccepted() throws Exception {
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write(authorized("Content-Length: " + (MAIL.length() + 1) + "\r\n") + MAIL);
      assertThat(RawConnection.statuses(connection.end().readToEnd())).doesNotContain(202);
    }
  }

  @Test
  void whatFollowsABodyIsTheNextRequest() throws Exception {
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write(authorized("Content-Length: " + (MAIL.length() - 1) + "\r\n") + MAIL);
      // The body lacks its brace, and a brace is no request.
      assertThat(RawConnection.statuses(connection.end().readToEnd()))
          .hasSizeBetween(1, 2)
          .allMatch(status -> status >= 400 && status < 500);
    }
  }

  @Test
  void requestsOnOneConnectionAreAnsweredInTheirOrder() throws Exception {
    String live = "GET /health/live HTTP/1.1\r\n" + HOST + "\r\n";
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write(live.repeat(999) + live.replace(HOST, HOST + "Connection: close\r\n"));
      assertThat(RawConnection.statuses(connection.readToEnd()))
          .hasSize(1_000)
          .allMatch(status -> status == 200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /../../etc/passwd HTTP/1.1",
        "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1",
        "GET /openapi/ HTTP/1.1",
        "GET / HTTP/1.1",
        "GET //// HTTP/1.1",
        "GET /%00 HTTP/1.1",
        "GET /%zz HTTP/1.1",
        "GET /api/v1/notifications/%ff%fe HTTP/1.1",
        "GET http://elsewhere/ HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "TRACE /health HTTP/1.1",
        "CONNECT elsewhere:443 HTTP/1.1",
        "NOTHING /health HTTP/1.1"
      })
  void strangePathsAndMethodsAreNothing(String line) throws Exception {
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write(line + "\r\n" + HOST + "Connection: close\r\n\r\n");
      String answer = connection.readToEnd();
      assertThat(RawConnection.statuses(answer))
          .as(answer)
          .hasSize(1)
          .allMatch(status -> status >= 400 && status < 500);
      assertThat(answer)
          .contains("problem+json")
          .containsIgnoringCase("x-content-type-options: nosniff")
          .containsIgnoringCase("x-correlation-id: ");
    }
  }

  @Test
  void brokenHttp2IsClosed() throws Exception {
    String preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    for (byte[] frames :
        List.of(
            new byte[] {0, 0, 0, 4, 1, 0, 0, 0, 0},
            new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 1, 4, 0, 0, 0, 1},
            new byte[] {0, 0, 0, 9, 4, 0, 0, 0, 1},
            "no frames at all, but some text".getBytes(StandardCharsets.US_ASCII))) {
      try (RawConnection connection = new RawConnection(gateway.url())) {
        connection.write(preface);
        connection.write(frames);
        assertThat(connection.end().readToEnd()).doesNotContain("HTTP/1");
      }
    }
  }

  @Test
  void randomBytesAreRefused() {
    // The same ones each time; others are for whoever looks for more.
    long seed = Long.getLong("signalbox.fuzz.seed", 1);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 50; i++) {
      byte[] bytes = new byte[1 + random.nextInt(2_000)];
      random.nextBytes(bytes);
      assertThatCode(() -> isRefused(bytes))
          .as("-Dsignalbox.fuzz.seed=%d, input %d", seed, i)
          .doesNotThrowAnyException();
    }
  }

  private static void isRefused(byte[] bytes) throws IOException {
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write(bytes);
      connection.write("\r\n\r\n");
      assertThat(RawConnection.statuses(connection.end().readToEnd()))
          .allMatch(status -> status >= 400 && status < 500);
    }
  }
}
