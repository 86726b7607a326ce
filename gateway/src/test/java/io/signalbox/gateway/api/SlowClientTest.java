package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.connection.OpenFiles;
import io.signalbox.gateway.security.Role;
import io.signalbox.testkit.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Those who take their time: each is closed by this side, whatever drips in. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SlowClientTest {
  private static final String HOST = "Host: a\r\n";
  private static final String LIVE = "GET /health/live HTTP/1.1\r\n" + HOST + "\r\n";
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
  private static final byte[] PING = {0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8};
  private static final Duration BREAK = Duration.ofMillis(50);

  @TempDir private static Path dir;
  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of("http.head_timeout", "2s", "http.idle_timeout", "3s"));
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  /** Who was held up itself before it could write is too slow as well, and tries again. */
  private static void counted(String reason, ThrowingRunnable slow) throws Exception {
    double before = closed(reason);
    Patience.await()
        .untilAsserted(
            () -> {
              slow.run();
              assertThat(closed(reason)).isGreaterThan(before);
            });
  }

  @Test
  void ofAHead() throws Exception {
    counted(
        "slow_head",
        () -> {
          try (RawConnection connection = new RawConnection(gateway.url())) {
            drip(connection, "GET /health/live HTTP/1.1\r\n" + HOST + "X-A: ", "a");
            assertThat(RawConnection.statuses(connection.readToEnd())).isEmpty();
          }
        });
  }

  @Test
  void ofASecondHead() throws Exception {
    counted(
        "slow_head",
        () -> {
          try (RawConnection connection = new RawConnection(gateway.url())) {
            connection.write(LIVE);
            connection.readUntil("alive");
            drip(connection, "GET /health/live HTTP/1.1\r\n" + HOST + "X-A: ", "a");
            connection.readToEnd();
          }
        });
  }

  @Test
  void ofAnHttp2Preface() throws Exception {
    counted(
        "slow_head",
        () -> {
          try (RawConnection connection = new RawConnection(gateway.url())) {
            connection.write("PRI * HTTP/2.0\r\n");
            connection.readToEnd();
          }
        });
  }

  @Test
  void ofABadUpgrade() {
    Patience.await()
        .untilAsserted(
            () -> {
              try (RawConnection connection = new RawConnection(gateway.url())) {
                connection.write(
                    "GET / HTTP/1.1\r\n"
                        + HOST
                        + "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                        + "HTTP2-Settings: ????\r\n\r\n");
                assertThat(RawConnection.statuses(connection.readToEnd())).containsExactly(400);
              }
            });
  }

  @Test
  void whoSaysNothingAtAllIsClosedAtFirstAndAfterARequest() throws Exception {
    counted(
        "idle",
        () -> {
          try (RawConnection silent = new RawConnection(gateway.url());
              RawConnection idle = new RawConnection(gateway.url())) {
            idle.write(LIVE);
            idle.readUntil("alive");
            assertThat(silent.readToEnd()).isEmpty();
            idle.readToEnd();
          }
        });
  }

  @Test
  void ofABodyIsToldSo() throws Exception {
    counted("slow_body", SlowClientTest::dripABody);
  }

  private static void dripABody() throws Exception {
    try (RawConnection connection = new RawConnection(gateway.url())) {
      drip(
          connection,
          "POST /api/v1/notifications/send HTTP/1.1\r\n"
              + HOST
              + "Authorization: Bearer "
              + gateway.token(Role.SENDER)
              + "\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n",
          " ");
      String answer = connection.readToEnd();
      // The answer may be lost where bytes were on their way when it was closed.
      assertThat(RawConnection.statuses(answer)).isSubsetOf(408);
    }
  }

  @Test
  void ofALineOfABatchIsCutOff() throws Exception {
    try (RawConnection connection = new RawConnection(gateway.url())) {
      drip(
          connection,
          "POST /api/v1/notifications/batch HTTP/1.1\r\n"
              + HOST
              + "Authorization: Bearer "
              + gateway.token(Role.SENDER)
              + "\r\nContent-Type: application/x-ndjson\r\nContent-Length: 60000\r\n\r\n",
          " ");
      assertThat(RawConnection.statuses(connection.readToEnd())).isSubsetOf(202, 408);
    }
  }

  @Test
  void ofABodyThatIsRefusedAnyway() throws Exception {
    try (RawConnection connection = new RawConnection(gateway.url())) {
      drip(
          connection,
          "POST /api/v1/notifications/send HTTP/1.1\r\n" + HOST + "Content-Length: 60000\r\n\r\n",
          " ");
      assertThat(RawConnection.statuses(connection.readToEnd())).isSubsetOf(401);
    }
  }

  @Test
  void whoKeepsHttp2AwakeWithoutRequests() throws Exception {
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write(PREFACE);
      connection.write(SETTINGS);
      while (connection.write(PING)) {
        pause();
      }
    }
  }

  @Test
  void ofATlsHandshake() throws Exception {
    TestCertificate certificate = TestCertificate.create(Files.createDirectory(dir.resolve("tls")));
    Map<String, String> tls =
        Map.of(
            "http.tls_cert_file", certificate.pem().toString(),
            "http.tls_key_file", certificate.pemKey().toString(),
            "http.head_timeout", "2s");
    try (TestGateway secure = TestGateway.start(dir.resolve("secure"), tls);
        RawConnection silent = new RawConnection(secure.url());
        RawConnection dripping = new RawConnection(secure.url())) {
      drip(dripping, "\u0016\u0003\u0001\u0002\u0000\u0001", "\u0000");
      dripping.readToEnd();
      assertThat(silent.readToEnd()).isEmpty();
    }
  }

  /** Ten thousand, or as many as this process may open with both their ends. */
  @Test
  void thousandsThatSayNothingHinderNobody() throws Exception {
    int room = OpenFiles.atMost(Integer.MAX_VALUE) / 3 * 4;
    int many = Math.max(100, Math.min(10_000, (room - 3_000) / 2));
    Map<String, String> settings =
        Map.of(
            "http.max_connections", "1000000",
            "http.max_connections_per_address", "1000000",
            "http.head_timeout", "5m");
    List<RawConnection> idle = new ArrayList<>();
    try (TestGateway crowded = TestGateway.start(dir.resolve("crowded"), settings)) {
      try {
        for (int i = 0; i < many; i++) {
          idle.add(new RawConnection(crowded.url()));
        }
        String body =
            "{\"notification_type\":\"t\",\"channel\":\"email\",\"message\":\"m\","
                + "\"recipient_email\":\"a@example.com\"}";
        Calls.Reply sent =
            new Calls(crowded.url())
                .send(
                    "POST",
                    "/api/v1/notifications/send",
                    body,
                    "authorization",
                    "Bearer " + crowded.token(Role.SENDER),
                    "content-type",
                    "application/json");
        assertThat(sent.status()).isEqualTo(202);
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> metric(crowded, "signalbox_http_connections{port=\"all\"} ") > many);
      } finally {
        for (RawConnection connection : idle) {
          connection.close();
        }
      }
    }
  }

  /** One byte at a time, until the other side has had enough. */
  private static void drip(RawConnection connection, String begin, String drop)
      throws InterruptedException {
    connection.write(begin);
    while (connection.write(drop)) {
      pause();
    }
  }

  private static void pause() throws InterruptedException {
    assertThat(new CountDownLatch(1).await(BREAK.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
  }

  private static double closed(String reason) throws Exception {
    return metric(
        gateway,
        "signalbox_http_connections_closed_total{port=\"all\",reason=\"" + reason + "\"} ");
  }

  private static double metric(TestGateway of, String name) throws Exception {
    String page =
        new Calls(of.url())
            .send("GET", "/metrics", "", "authorization", "Bearer " + of.token(Role.ADMIN))
            .text();
    int at = page.indexOf(name);
    assertThat(at).as(name).isNotNegative();
    int begin = at + name.length();
    return Double.parseDouble(page.substring(begin, page.indexOf('\n', begin)));
  }
}
