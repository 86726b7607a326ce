package io.signalbox.toolkit;

import static io.signalbox.spi.OutcomeKind.TRANSIENT;
import static io.signalbox.spi.OutcomeKind.UNKNOWN;
import static io.signalbox.spi.Progress.ANSWER_BEGUN;
import static io.signalbox.spi.Progress.BODY_WRITTEN;
import static io.signalbox.spi.Progress.HEADERS_WRITTEN;
import static io.signalbox.spi.Progress.NOT_CONNECTED;
import static io.signalbox.toolkit.CutPointTest.Got.ALL;
import static io.signalbox.toolkit.CutPointTest.Got.A_PART;
import static io.signalbox.toolkit.CutPointTest.Got.NOTHING;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.signalbox.testkit.TestCertificate;
import io.signalbox.toolkit.CutServer.Peer;
import io.signalbox.toolkit.CutServer.Script;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpAnswer.Unanswered;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every point at which a connection can be cut, with what is said of the call and what the server
 * had read by then. What is called certainly not sent must have left nothing at the server;
 * whatever left something is unknown; and nothing is ever sent a second time. What fails without
 * any server (names, refused connections, full pools) stands in {@link HttpDeliveryConnectTest}.
 */
class CutPointTest extends BaseHttpTest {
  /** The first handshake of a JVM takes seconds on a busy machine. */
  private static final Duration SLOW_START = Duration.ofSeconds(18);

  private static final Duration QUICK = Duration.ofMillis(400);

  /** No socket buffer takes so much. */
  private static final int LARGE = 48 << 20;

  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";

  /** What the server had read of the request when the cut came. */
  enum Got {
    NOTHING,
    A_PART,
    ALL
  }

  /**
   * A row.
   *
   * @param name the cut
   * @param scheme how the call is made
   * @param bodyBytes how long the request's body is
   * @param timeout of the call; short where the timeout is the cut
   */
  record Cut(
      String name,
      String scheme,
      int bodyBytes,
      Duration timeout,
      Script script,
      Progress progress,
      String code,
      OutcomeKind outcome,
      Got got) {

    private Cut withTimeout(Duration other) {
      return new Cut(name, scheme, bodyBytes, other, script, progress, code, outcome, got);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** What came of a row. */
  record Seen(Progress progress, String code, OutcomeKind outcome, int connections, Got got) {}

  private static Cut cut(
      String name, Script script, Progress progress, String code, OutcomeKind kind, Got got) {
    return new Cut(name, "http", 100, PATIENCE, script, progress, code, kind, got);
  }

  private static Cut late(String name, Script script, Progress progress, Got got) {
    return new Cut(
        name, "http", 100, QUICK, script, progress, UnansweredCodes.TIMEOUT, UNKNOWN, got);
  }

  static Stream<Cut> cuts() {
    return Stream.of(handshakes(), requests(), answers(), silences(), nonsense())
        .flatMap(List::stream);
  }

  private static List<Cut> handshakes() {
    String failed = UnansweredCodes.TLS_FAILURE;
    return List.of(
        new Cut(
            "handshake closed after the client's hello",
            "https",
            100,
            SLOW_START,
            peer -> peer.awaitBytes().close(),
            NOT_CONNECTED,
            failed,
            TRANSIENT,
            NOTHING),
        new Cut(
            "handshake answered with something else",
            "https",
            100,
            SLOW_START,
            peer -> peer.awaitBytes().write("220 mail.example.org\r\n"),
            NOT_CONNECTED,
            failed,
            TRANSIENT,
            NOTHING));
  }

  private static List<Cut> requests() {
    String reset = UnansweredCodes.CONNECTION_RESET;
    return List.of(
        // The server's application has read nothing, but its kernel has: nobody can tell.
        cut(
            "closed before the server read a byte",
            peer -> peer.awaitBytes().reset(),
            BODY_WRITTEN,
            reset,
            UNKNOWN,
            NOTHING),
        cut(
            "reset after the first byte",
            peer -> peer.readByte().reset(),
            BODY_WRITTEN,
            reset,
            UNKNOWN,
            A_PART),
        large("reset after the head", peer -> peer.readHead().reset(), PATIENCE, reset),
        large("closed after the head", peer -> peer.readHead().close(), PATIENCE, reset),
        large(
            "stopped reading after the head, until the timeout",
            peer -> peer.readHead(),
            QUICK,
            UnansweredCodes.TIMEOUT),
        cut(
            "reset after the body",
            peer -> peer.readRequest().reset(),
            BODY_WRITTEN,
            reset,
            UNKNOWN,
            ALL),
        cut(
            "closed after the body",
            peer -> peer.readRequest().close(),
            BODY_WRITTEN,
            reset,
            UNKNOWN,
            ALL));
  }

  private static Cut large(String name, Script script, Duration timeout, String code) {
    return new Cut(name, "http", LARGE, timeout, script, HEADERS_WRITTEN, code, UNKNOWN, A_PART);
  }

  private static List<Cut> answers() {
    String reset = UnansweredCodes.CONNECTION_RESET;
    String truncated = UnansweredCodes.ANSWER_TRUNCATED;
    return List.of(
        answer("closed in the status line", "HTTP/1.1 20", BODY_WRITTEN, reset),
        answer("closed after the status line", "HTTP/1.1 200 OK\r\n", BODY_WRITTEN, reset),
        answer(
            "closed in the answer's head",
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n",
            BODY_WRITTEN,
            reset),
        answer("closed after the answer's head", HEAD, ANSWER_BEGUN, truncated),
        answer("closed in the answer's body", HEAD + "{\"a\"", ANSWER_BEGUN, truncated),
        answer(
            "closed before the first chunk",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            ANSWER_BEGUN,
            truncated),
        answer(
            "closed in the last chunk",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
            ANSWER_BEGUN,
            truncated),
        answer(
            "closed between two chunks",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
            ANSWER_BEGUN,
            truncated),
        answer(
            "closed where only the close would be the end",
            "HTTP/1.1 200 OK\r\n\r\n{\"id\":\"1\"}",
            ANSWER_BEGUN,
            truncated),
        answer(
            "closed after an interim answer",
            "HTTP/1.1 103 Early Hints\r\n\r\n",
            BODY_WRITTEN,
            reset),
        // The client takes it for the answer; without a length it is not a whole one.
        answer(
            "an interim answer of another kind",
            "HTTP/1.1 102 Processing\r\n\r\n",
            ANSWER_BEGUN,
            truncated),
        answer(
            "an answer's body over the limit",
            "HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n" + "x".repeat(2_000_000),
            ANSWER_BEGUN,
            UnansweredCodes.ANSWER_TOO_LARGE));
  }

  private static Cut answer(String name, String written, Progress progress, String code) {
    return cut(
        name, peer -> peer.readRequest().write(written).close(), progress, code, UNKNOWN, ALL);
  }

  private static List<Cut> silences() {
    return List.of(
        late("no answer at all", peer -> peer.readRequest(), BODY_WRITTEN, ALL),
        late(
            "silence after an interim answer",
            peer -> peer.readRequest().write("HTTP/1.1 103 Early Hints\r\n\r\n"),
            BODY_WRITTEN,
            ALL),
        late(
            "silence after '100 continue'",
            peer -> peer.readRequest().write("HTTP/1.1 100 Continue\r\n\r\n"),
            BODY_WRITTEN,
            ALL),
        late(
            "silence in the answer's head",
            peer -> peer.readRequest().write("HTTP/1.1 200 OK\r\n"),
            BODY_WRITTEN,
            ALL),
        late(
            "silence after the answer's head",
            peer -> peer.readRequest().write(HEAD),
            ANSWER_BEGUN,
            ALL),
        late(
            "silence in the answer's body",
            peer -> peer.readRequest().write(HEAD + "{"),
            ANSWER_BEGUN,
            ALL));
  }

  private static List<Cut> nonsense() {
    String malformed = UnansweredCodes.ANSWER_MALFORMED;
    return List.of(
        answer("another protocol", "SSH-2.0-none of yours\r\n", BODY_WRITTEN, malformed),
        answer(
            "frames of HTTP/2 (SETTINGS, GOAWAY)",
            "\0\0\0\4\0\0\0\0\0" + "\0\0\10\7\0\0\0\0\0" + "\0\0\0\0\0\0\0\2",
            BODY_WRITTEN,
            UnansweredCodes.CONNECTION_RESET),
        answer(
            "an answer's head that does not end",
            "HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(100_000) + "\r\n\r\n",
            BODY_WRITTEN,
            malformed));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void saysHowFarItGotAndSendsNothingTwice(Cut cut) throws Exception {
    Seen expected = new Seen(cut.progress(), cut.code(), cut.outcome(), 1, cut.got());
    Seen seen = sendOnce(cut);
    if (cut.timeout().equals(QUICK) && !seen.equals(expected)) {
      // A machine that stood still lets the time pass before the call has got that far.
      seen = sendOnce(cut.withTimeout(SLOW_START));
    }
    assertThat(seen).isEqualTo(expected);
  }

  /** Fails at once if anything was sent twice, or what is said not to be sent was. */
  private Seen sendOnce(Cut cut) throws Exception {
    use(HttpDeliveryOptions.DEFAULTS.withConnectTimeout(SLOW_START));
    try (CutServer server = new CutServer(cut.script())) {
      Unanswered answer = (Unanswered) send(call(cut, server));

      if (cut.timeout().equals(QUICK) && answer.progress().certainlyNotSent()) {
        // A connection that came too late stays open: its script waits for what never comes.
        server.waitForNothing();
      }
      int connections = server.connections();
      assertThat(connections).as("connections").isLessThanOrEqualTo(1);
      if (answer.progress().certainlyNotSent()) {
        assertThat(server.bytesRead()).as("bytes of what was not sent").isZero();
      }
      OutcomeKind outcome = answer.outcome().kind();
      return new Seen(answer.progress(), answer.code(), outcome, connections, got(server));
    }
  }

  @Test
  void aHandshakeThatIsNeverAnsweredEndsAtTheConnectTimeout() throws Exception {
    use(HttpDeliveryOptions.DEFAULTS.withConnectTimeout(QUICK));
    try (CutServer server = new CutServer(Peer::awaitBytes)) {
      expect(
          send(call("https://localhost:" + server.port() + "/send", PATIENCE)),
          Progress.NOT_CONNECTED,
          UnansweredCodes.CONNECT_TIMEOUT);
    }
  }

  @Test
  void aCertificateThatNobodyVouchesForLeavesNothingAtTheServer(@TempDir Path folder)
      throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(TestCertificate.create(folder).options()))
            .requestHandler(request -> requests.incrementAndGet());
    use(HttpDeliveryOptions.DEFAULTS.withConnectTimeout(SLOW_START));
    int port = await(server.listen(0, "127.0.0.1")).actualPort();

    expect(
        send(call("https://127.0.0.1:" + port + "/send", SLOW_START)),
        Progress.NOT_CONNECTED,
        UnansweredCodes.TLS_FAILURE);
    assertThat(requests).hasValue(0);
  }

  @Test
  void aKeptConnectionThatIsClosedAsItIsUsedAgainSendsNothingAgain() throws Exception {
    Script script = peer -> peer.readRequest().write(OK).awaitBytes().reset();
    try (CutServer server = new CutServer(script)) {
      String url = "http://localhost:" + server.port() + "/send";
      assertThat(send(call(url, PATIENCE))).isInstanceOf(Answered.class);
      expect(send(call(url, PATIENCE)), Progress.BODY_WRITTEN, UnansweredCodes.CONNECTION_RESET);
      assertThat(server.connections()).as("the second call went nowhere else").isEqualTo(1);
      assertThat(server.requestsRead()).isEqualTo(1);

      assertThat(send(call(url, PATIENCE))).isInstanceOf(Answered.class);
    }
  }

  @Test
  void anAnswerThatComesBeforeTheBodyIsWrittenIsAnAnswer() throws Exception {
    Script script =
        peer -> peer.readHead().write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
    try (CutServer server = new CutServer(script)) {
      HttpCall call =
          new HttpCall(
              HttpMethod.POST,
              "http://localhost:" + server.port() + "/send",
              HttpHeaders.headers(),
              Buffer.buffer(new byte[LARGE]),
              PATIENCE);
      assertThat(((Answered) send(call)).status()).isEqualTo(413);
    }
  }

  private static Got got(CutServer server) throws InterruptedException {
    if (server.requestsRead() == 0) {
      return server.bytesRead() == 0 ? NOTHING : A_PART;
    }
    assertThat(server.requestsRead()).as("requests").isEqualTo(1);
    return ALL;
  }

  private static HttpCall call(Cut cut, CutServer server) {
    return new HttpCall(
        HttpMethod.POST,
        cut.scheme() + "://localhost:" + server.port() + "/send",
        HttpHeaders.headers(),
        Buffer.buffer(new byte[cut.bodyBytes()]),
        cut.timeout());
  }
}
