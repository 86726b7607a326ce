package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.testkit.TestCertificate;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dialects on hosts and ports of their own, and in their providers' names over TLS. */
class CompatFrontApiTest {
  private static final String RESEND = "api.resend.com";
  private static final String OWN = "mail.example.com";

  @TempDir private static Path dir;
  private static Path files;
  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    files = Files.createDirectory(dir.resolve("tls"));
    install("first", RESEND);
    gateway =
        TestGateway.start(
            dir,
            Map.of(
                "compat.hosts",
                OWN + "=resend",
                "compat.ports",
                "0=resend",
                "compat.transparent_port",
                "0",
                "compat.transparent_cert_file",
                files.resolve("server.pem").toString(),
                "compat.transparent_key_file",
                files.resolve("server.key").toString()));
  }

  /** Puts a new certificate where the gateway looks for it. */
  private static TestCertificate install(String name, String host) throws Exception {
    TestCertificate made =
        TestCertificate.create(
            Files.createDirectory(dir.resolve(name)), "CN=" + host, "dns:" + host);
    Files.copy(made.pem(), files.resolve("server.pem"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(made.pemKey(), files.resolve("server.key"), StandardCopyOption.REPLACE_EXISTING);
    return made;
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  private record Answer(int status, HttpVersion version, String body) {
    JsonObject json() {
      return new JsonObject(body);
    }
  }

  /** Asks the server at an address for what another host name has. */
  private static Answer get(String at, String host, String path, HttpVersion version)
      throws Exception {
    URI uri = URI.create(at);
    boolean tls = uri.getScheme().equals("https");
    HttpClientOptions options =
        new HttpClientOptions().setProtocolVersion(version).setVerifyHost(false);
    if (tls) {
      options
          .setSsl(true)
          .setUseAlpn(true)
          .setTrustOptions(
              new PemTrustOptions().addCertPath(files.resolve("server.pem").toString()));
    }
    HttpClientAgent client = gateway.vertx().createHttpClient(options);
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setServer(SocketAddress.inetSocketAddress(uri.getPort(), "127.0.0.1"))
            .setHost(host)
            .setPort(tls ? 443 : 80)
            .setURI(path);
    try {
      return TestGateway.await(
          client
              .request(request)
              .compose(
                  sent ->
                      sent.send()
                          .compose(
                              response ->
                                  response.body().map(body -> answer(response, body.toString())))));
    } finally {
      TestGateway.await(client.close());
    }
  }

  private static Answer answer(HttpClientResponse response, String body) {
    return new Answer(response.statusCode(), response.version(), body);
  }

  private static void assertIsResend(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(401);
    assertThat(answer.json().fieldNames()).contains("name", "message", "statusCode");
  }

  @Test
  void aHostOfItsOwnSpeaksItsDialectAtTheRootAndOthersAreAsBefore() throws Exception {
    String main = gateway.http().url();
    assertIsResend(get(main, OWN, "/emails/1", HttpVersion.HTTP_1_1));
    assertIsResend(get(main, OWN.toUpperCase(Locale.ROOT), "/emails/1", HttpVersion.HTTP_1_1));
    assertThat(get(main, OWN, "/api/v1/notifications/1", HttpVersion.HTTP_1_1).status())
        .isEqualTo(404);
    assertThat(get(main, "other.example.com", "/emails/1", HttpVersion.HTTP_1_1).body())
        .contains("there is nothing at this path");
    assertIsResend(get(main, "other.example.com", "/compat/resend/emails/1", HttpVersion.HTTP_1_1));
  }

  @Test
  void aPortOfItsOwnSpeaksItsDialectWhateverTheHost() throws Exception {
    Map<String, String> ports = gateway.http().dialectUrls();
    assertThat(ports).hasSize(1).containsValue("resend");
    String at = ports.keySet().iterator().next();
    assertIsResend(get(at, "127.0.0.1", "/emails/1", HttpVersion.HTTP_1_1));
    assertThat(get(at, "127.0.0.1", "/health/live", HttpVersion.HTTP_1_1).status()).isEqualTo(200);
    assertThat(get(at, "127.0.0.1", "/api/v1/providers", HttpVersion.HTTP_1_1).status())
        .isEqualTo(404);
  }

  @Test
  void transparentlyTheProvidersNameDecidesOverBothVersionsOfHttp() throws Exception {
    String at = gateway.http().transparentUrl().orElseThrow();
    assertThat(at).startsWith("https://");
    for (HttpVersion version : new HttpVersion[] {HttpVersion.HTTP_1_1, HttpVersion.HTTP_2}) {
      Answer answer = get(at, RESEND, "/emails/1", version);
      assertThat(answer.version()).isEqualTo(version);
      assertIsResend(answer);
      Answer other = get(at, "api.example.com", "/emails/1", version);
      assertThat(other.status()).isEqualTo(421);
      assertThat(other.json().getString("type")).isEqualTo("/problems/misdirected");
      assertThat(get(at, "127.0.0.1", "/health/ready", version).status()).isIn(200, 503);
    }
  }

  @Test
  void anotherCertificateIsInForceWithoutARestart() throws Exception {
    String at = gateway.http().transparentUrl().orElseThrow();
    assertIsResend(get(at, RESEND, "/emails/1", HttpVersion.HTTP_1_1));
    install("second", RESEND);
    // It is trusted alone: no answer is one by the old certificate.
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .untilAsserted(() -> assertIsResend(get(at, RESEND, "/emails/1", HttpVersion.HTTP_1_1)));
  }
}
