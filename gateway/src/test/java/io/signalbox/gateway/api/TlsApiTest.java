package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.security.Role;
import io.signalbox.testkit.TestCertificate;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsApiTest {
  @TempDir private static Path made;
  private static TestCertificate first;
  private static TestCertificate second;

  @TempDir private Path dir;

  @BeforeAll
  static void makeCertificates() throws IOException {
    first = TestCertificate.create(Files.createDirectory(made.resolve("first")));
    second = TestCertificate.create(Files.createDirectory(made.resolve("second")));
  }

  @Test
  void speaksHttp2AndHttp11OverTls13AndTls12() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, installed(first))) {
      assertThat(gateway.url()).startsWith("https://127.0.0.1:");
      HttpResponse<String> two = get(gateway, first, HttpClient.Version.HTTP_2);
      assertThat(two.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(two.body()).contains("alive");
      assertThat(two.headers().firstValue("strict-transport-security"))
          .contains("max-age=31536000");
      assertThat(two.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
      HttpResponse<String> one = get(gateway, first, HttpClient.Version.HTTP_1_1);
      assertThat(one.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      SSLSession older = handshake(gateway, "TLSv1.2");
      assertThat(older.getProtocol()).isEqualTo("TLSv1.2");
      assertThat(older.getCipherSuite()).startsWith("TLS_ECDHE_").endsWith("_SHA256");
    }
  }

  @Test
  void speaksHttp2WithoutTlsByUpgradeAndAtOnce() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      HttpResponse<String> upgraded =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_2)
              .build()
              .send(request(gateway), HttpResponse.BodyHandlers.ofString());
      assertThat(upgraded.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(upgraded.statusCode()).isEqualTo(200);
      HttpClientResponse atOnce =
          TestGateway.await(
              gateway
                  .vertx()
                  .createHttpClient(
                      new HttpClientOptions()
                          .setProtocolVersion(HttpVersion.HTTP_2)
                          .setHttp2ClearTextUpgrade(false))
                  .request(
                      new RequestOptions()
                          .setMethod(HttpMethod.GET)
                          .setAbsoluteURI(gateway.url() + "/health/live"))
                  .compose(request -> request.send()));
      assertThat(atOnce.version()).isEqualTo(HttpVersion.HTTP_2);
      assertThat(atOnce.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aNewCertificateIsInForceWithoutARestartAndABrokenOneIsNot() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, installed(first))) {
      assertThat(shown(gateway)).isEqualTo(certificate(first));
      install(second);
      Patience.await()
          .untilAsserted(() -> assertThat(shown(gateway)).isEqualTo(certificate(second)));
      Patience.await()
          .untilAsserted(() -> assertThat(detail(gateway)).contains("\"tls\":{\"status\":\"up\""));

      Files.writeString(dir.resolve("tls.crt"), "no certificate");
      Patience.await()
          .untilAsserted(
              () ->
                  assertThat(detail(gateway))
                      .contains("\"status\":\"stale\"")
                      .contains("tls.crt holds no usable certificate"));
      assertThat(shown(gateway)).isEqualTo(certificate(second));
      assertThat(metrics(gateway))
          .contains("signalbox_tls_reload_failed{certificate=\"main\"} 1.0");

      // The key of another certificate.
      Files.copy(first.pem(), dir.resolve("tls.crt"), StandardCopyOption.REPLACE_EXISTING);
      Patience.await()
          .untilAsserted(() -> assertThat(detail(gateway)).contains("tls.key is not the key of"));
      install(first);
      Patience.await()
          .untilAsserted(() -> assertThat(shown(gateway)).isEqualTo(certificate(first)));
      Patience.await()
          .untilAsserted(
              () ->
                  assertThat(metrics(gateway))
                      .contains("signalbox_tls_reload_failed{certificate=\"main\"} 0.0"));
      assertThat(metrics(gateway))
          .contains("signalbox_tls_certificate_expires_seconds{certificate=\"main\"} 1.");
    }
  }

  @Test
  void doesNotStartWithAKeyOfAnotherCertificate() throws Exception {
    Map<String, String> settings = installed(first);
    Files.copy(second.pemKey(), dir.resolve("tls.key"), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> TestGateway.start(dir, settings).close())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tls.key is not the key of the first certificate in ");
  }

  private Map<String, String> installed(TestCertificate certificate) throws IOException {
    install(certificate);
    Map<String, String> settings = new HashMap<>();
    settings.put("http.tls_cert_file", dir.resolve("tls.crt").toString());
    settings.put("http.tls_key_file", dir.resolve("tls.key").toString());
    return settings;
  }

  private void install(TestCertificate certificate) throws IOException {
    Files.copy(certificate.pem(), dir.resolve("tls.crt"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(certificate.pemKey(), dir.resolve("tls.key"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static Certificate certificate(TestCertificate of) throws Exception {
    return TestTls.certificate(of.pem());
  }

  /** What a new connection is shown. */
  private static Certificate shown(TestGateway gateway) throws Exception {
    return handshake(gateway, "TLSv1.3").getPeerCertificates()[0];
  }

  private static SSLSession handshake(TestGateway gateway, String version) throws Exception {
    SSLContext both = TestTls.trusting(first.pem(), second.pem());
    int port = URI.create(gateway.url()).getPort();
    try (SSLSocket socket =
        (SSLSocket) both.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();
      return socket.getSession();
    }
  }

  private static String detail(TestGateway gateway) throws Exception {
    return read(gateway, "/health/detailed");
  }

  private static String metrics(TestGateway gateway) throws Exception {
    return read(gateway, "/metrics");
  }

  private static String read(TestGateway gateway, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.url() + path))
            .header("authorization", "Bearer " + gateway.token(Role.ADMIN))
            .timeout(Duration.ofSeconds(20))
            .build();
    return HttpClient.newBuilder()
        .sslContext(TestTls.trusting(first.pem(), second.pem()))
        .build()
        .send(request, HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static HttpResponse<String> get(
      TestGateway gateway, TestCertificate trusted, HttpClient.Version version) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(TestTls.trusting(trusted.pem()))
        .version(version)
        .build()
        .send(request(gateway), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest request(TestGateway gateway) {
    return HttpRequest.newBuilder(URI.create(gateway.url() + "/health/live"))
        .timeout(Duration.ofSeconds(20))
        .build();
  }
}
