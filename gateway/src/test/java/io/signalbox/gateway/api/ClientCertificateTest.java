package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.signalbox.gateway.Patience;
import io.signalbox.gateway.security.ClientCertificates;
import io.signalbox.gateway.security.Role;
import io.signalbox.testkit.TestCertificate;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ClientCertificateTest {
  private static final String SEND = "/api/v1/notifications/send";
  private static final String MAIL =
      "{\"notification_type\":\"t\",\"channel\":\"email\",\"recipient_email\":\"a@example.com\","
          + "\"message\":\"m\"}";
  private static final String CHECKOUT = "uri:spiffe://example.org/shop/checkout";

  @TempDir private static Path made;
  private static TestCertificate server;
  private static TestCertificate checkout;
  private static TestCertificate unmapped;
  private static TestCertificate stranger;
  private static Path authorities;

  @TempDir private Path dir;

  @BeforeAll
  static void makeCertificates() throws IOException {
    server = TestCertificate.create(Files.createDirectory(made.resolve("server")));
    checkout = client("checkout", "uri:spiffe://example.org/shop/checkout,dns:checkout.example");
    unmapped = client("unmapped", "dns:unmapped.example");
    stranger = client("checkout-too", "uri:spiffe://example.org/shop/checkout");
    authorities = made.resolve("clients.pem");
    Files.writeString(
        authorities, Files.readString(checkout.pem()) + Files.readString(unmapped.pem()));
  }

  private static TestCertificate client(String name, String names) throws IOException {
    return TestCertificate.create(
        Files.createDirectory(made.resolve(name)), "CN=" + name + ",O=Example", names);
  }

  @Test
  void theOwnerOfACertificateIsTheCallerThatTheFileSays() throws Exception {
    callers(entry(CHECKOUT, "checkout", "shop", "sender"));
    try (TestGateway gateway = TestGateway.start(dir, settings("request"))) {
      SSLContext known = TestTls.showing(checkout, server.pem());
      HttpResponse<String> sent = post(gateway, known);
      assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
      String id = new JsonObject(sent.body()).getString("id");
      JsonObject timeline =
          new JsonObject(get(gateway, known, "/api/v1/notifications/" + id).body());
      assertThat(timeline.getString("subject")).isEqualTo("certificate:checkout");
      assertThat(timeline.getString("credential")).isEqualTo("certificate");
      // Of its tenant, and with its roles alone.
      assertThat(get(gateway, known, "/api/v1/providers").statusCode()).isEqualTo(403);
      assertThat(
              get(gateway, known, "/api/v1/notifications/" + id, gateway.token(Role.ADMIN))
                  .statusCode())
          .isEqualTo(404);

      // What stands in the request says who calls, also where it is wrong.
      assertThat(get(gateway, known, "/api/v1/providers", gateway.token(Role.VIEWER)).statusCode())
          .isEqualTo(200);
      assertThat(get(gateway, known, "/api/v1/notifications/" + id, "no-token").statusCode())
          .isEqualTo(401);

      HttpResponse<String> nobody = post(gateway, TestTls.showing(unmapped, server.pem()));
      assertThat(nobody.statusCode()).isEqualTo(401);
      assertThat(nobody.body()).contains("the certificate is nobody's who is known here");
      assertThat(post(gateway, TestTls.trusting(server.pem())).statusCode()).isEqualTo(401);
      assertThat(refusals(gateway)).contains("dns:unmapped.example from 127.0.0.1: certificate");
    }
  }

  @Test
  void whoIsTakenOutOfTheFileIsRefusedOnAnOpenConnectionAndABrokenFileChangesNothing()
      throws Exception {
    callers(entry("dns:Checkout.Example", "checkout", "shop", "sender"));
    try (TestGateway gateway = TestGateway.start(dir, settings("required"))) {
      HttpClient client = client(TestTls.showing(checkout, server.pem()));
      assertThat(post(gateway, client).statusCode()).isEqualTo(202);
      callers(entry("cn:somebody", "somebody", "shop", "sender"));
      Patience.await().until(() -> post(gateway, client).statusCode() == 401);
      callers(entry("cn:checkout", "checkout", "shop", "viewer"));
      Patience.await().until(() -> post(gateway, client).statusCode() == 403);
      ListAppender<ILoggingEvent> told = new ListAppender<>();
      told.start();
      Logger log = (Logger) LoggerFactory.getLogger(ClientCertificates.class);
      log.addAppender(told);
      try {
        Files.writeString(dir.resolve("callers.yaml"), "callers: [{certificate: cn:checkout}]");
        Patience.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> List.copyOf(told.list).toString().contains("stay known"));
      } finally {
        log.detachAppender(told);
      }
      assertThat(post(gateway, client).statusCode()).isEqualTo(403);
      callers(entry("cn:checkout", "checkout", "shop", "sender"));
      Patience.await().until(() -> post(gateway, client).statusCode() == 202);
    }
  }

  @Test
  void whereACertificateIsRequiredNobodyConnectsWithoutAGoodOne() throws Exception {
    callers(entry(CHECKOUT, "checkout", "shop", "sender"));
    try (TestGateway gateway = TestGateway.start(dir, settings("required"))) {
      assertThat(post(gateway, TestTls.showing(checkout, server.pem())).statusCode())
          .isEqualTo(202);
      // It has the same name, and nobody vouches for it.
      assertThatThrownBy(() -> post(gateway, TestTls.showing(stranger, server.pem())))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> post(gateway, TestTls.trusting(server.pem())))
          .isInstanceOf(IOException.class);
      // The client knows before the server has counted.
      SSLContext known = TestTls.showing(checkout, server.pem());
      String admin = gateway.token(Role.ADMIN);
      Patience.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(get(gateway, known, "/metrics", admin).body())
                      .containsPattern(
                          "signalbox_http_connections_closed_total\\{port=\"all\","
                              + "reason=\"handshake\"} ([2-9]|[1-9][0-9])"));
      assertThat(refusals(gateway))
          .isNotEmpty()
          .allMatch(line -> line.matches("unknown from 127.0.0.1: certificate(, [0-9]+ times)?"));
    }
  }

  /** The refused sign-ins that are written down. */
  private static List<String> refusals(TestGateway gateway) throws Exception {
    gateway.writeSignIns();
    return TestGateway.await(gateway.ledger().auditLog().auditTrail(10)).stream()
        .filter(line -> line.action().equals("sign_in"))
        .map(line -> line.who().actor() + " from " + line.who().origin() + ": " + line.detail())
        .toList();
  }

  @Test
  void anotherAuthorityCountsForNewConnectionsWithoutARestart() throws Exception {
    callers(entry(CHECKOUT, "checkout", "shop", "sender"));
    Path own = Files.copy(checkout.pem(), dir.resolve("authorities.pem"));
    Map<String, String> settings = settings("required");
    settings.put("http.tls_client_ca_file", own.toString());
    try (TestGateway gateway = TestGateway.start(dir, settings)) {
      SSLContext later = TestTls.showing(unmapped, server.pem());
      assertThatThrownBy(() -> live(gateway, later)).isInstanceOf(IOException.class);
      Files.copy(authorities, own, StandardCopyOption.REPLACE_EXISTING);
      Patience.await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> live(gateway, later).contains("alive"));
    }
  }

  @Test
  void metricsOfAnOwnPortAreReadWithoutACertificate() throws Exception {
    callers(entry(CHECKOUT, "checkout", "shop", "sender"));
    Map<String, String> settings = settings("required");
    settings.put("http.metrics_port", "0");
    try (TestGateway gateway = TestGateway.start(dir, settings)) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(gateway.http().metricsUrl().orElseThrow() + "/metrics"))
              .timeout(Duration.ofSeconds(20))
              .build();
      assertThat(
              client(TestTls.trusting(server.pem()))
                  .send(request, HttpResponse.BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(200);
    }
  }

  /** Over a socket: the client of the JDK may wait for long where a handshake fails late. */
  private static String live(TestGateway gateway, SSLContext tls) throws IOException {
    URI url = URI.create(gateway.url());
    try (Socket socket =
        tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), url.getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private Map<String, String> settings(String clientAuth) {
    Map<String, String> settings = new HashMap<>();
    settings.put("http.tls_cert_file", server.pem().toString());
    settings.put("http.tls_key_file", server.pemKey().toString());
    settings.put("http.tls_client_auth", clientAuth);
    settings.put("http.tls_client_ca_file", authorities.toString());
    settings.put("security.client_certificates", dir.resolve("callers.yaml").toString());
    return settings;
  }

  private static String entry(String certificate, String subject, String tenant, String role) {
    return "  - {certificate: '"
        + certificate
        + "', subject: "
        + subject
        + ", tenant: "
        + tenant
        + ", roles: ["
        + role
        + "]}\n";
  }

  private void callers(String... entries) throws IOException {
    Files.writeString(dir.resolve("callers.yaml"), "callers:\n" + String.join("", entries));
  }

  private static HttpClient client(SSLContext tls) {
    return HttpClient.newBuilder().sslContext(tls).build();
  }

  private static HttpResponse<String> post(TestGateway gateway, SSLContext tls) throws Exception {
    return post(gateway, client(tls));
  }

  private static HttpResponse<String> post(TestGateway gateway, HttpClient client)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(gateway.url() + SEND))
            .timeout(Duration.ofSeconds(20))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(MAIL))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(
      TestGateway gateway, SSLContext tls, String path, String... token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway.url() + path)).timeout(Duration.ofSeconds(20));
    for (String each : token) {
      request.header("authorization", "Bearer " + each);
    }
    return client(tls).send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
