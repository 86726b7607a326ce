package io.signalbox.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.TestGateway;
import io.signalbox.gateway.security.Role;
import io.signalbox.testkit.TestCertificate;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientTlsTest {
  @TempDir private Path dir;

  @Test
  void commandsTrustTheirOwnServerThoseTheyAreToldToAndNobodyElse() throws Exception {
    TestCertificate certificate = TestCertificate.create(Files.createDirectory(dir.resolve("tls")));
    Map<String, String> tls =
        Map.of(
            "http.tls_cert_file", certificate.pem().toString(),
            "http.tls_key_file", certificate.pemKey().toString());
    try (TestGateway gateway = TestGateway.start(dir, tls)) {
      String token = gateway.token(Role.ADMIN);
      Ran unknown = Ran.run("api-keys", "--url", gateway.url(), "--token", token);
      assertThat(unknown.exitCode()).isEqualTo(69);
      assertThat(unknown.err()).contains("is not trusted over TLS");
      Ran told =
          Ran.run(
              "api-keys",
              "--url",
              gateway.url(),
              "--token",
              token,
              "--ca-file",
              certificate.pem().toString());
      assertThat(told.exitCode()).as(told.err()).isZero();
      // By a name that the certificate does not have: it is known by itself.
      Ran own =
          Ran.run(
              "api-keys",
              "--set",
              "http.host=localhost",
              "--set",
              "http.port=" + URI.create(gateway.url()).getPort(),
              "--set",
              "http.tls_cert_file=" + certificate.pem(),
              "--set",
              "http.tls_key_file=" + certificate.pemKey(),
              "--set",
              "data.dir=" + dir);
      assertThat(own.exitCode()).as(own.err()).isZero();
      Ran broken =
          Ran.run("api-keys", "--url", gateway.url(), "--token", token, "--ca-file", "missing");
      assertThat(broken.exitCode()).isEqualTo(65);
    }
  }
}
