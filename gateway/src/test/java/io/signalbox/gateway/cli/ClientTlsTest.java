package io.signalbox.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.TestGateway;
import io.signalbox.gateway.security.Role;
import io.signalbox.testkit.TestCertificate;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void commandsShowACertificateWhereOneIsRequired() throws Exception {
    TestCertificate server = TestCertificate.create(Files.createDirectory(dir.resolve("server")));
    TestCertificate client =
        TestCertificate.create(
            Files.createDirectory(dir.resolve("client")), "CN=operator", "dns:operator.example");
    Map<String, String> tls =
        Map.of(
            "http.tls_cert_file", server.pem().toString(),
            "http.tls_key_file", server.pemKey().toString(),
            "http.tls_client_auth", "required",
            "http.tls_client_ca_file", client.pem().toString());
    try (TestGateway gateway = TestGateway.start(dir, tls)) {
      List<String> line = new ArrayList<>(List.of("api-keys", "--url", gateway.url()));
      line.addAll(List.of("--token", gateway.token(Role.ADMIN)));
      line.addAll(List.of("--ca-file", server.pem().toString()));
      assertThat(Ran.run(line.toArray(String[]::new)).exitCode()).isEqualTo(69);
      line.addAll(List.of("--cert-file", client.pem().toString()));
      Ran half = Ran.run(line.toArray(String[]::new));
      assertThat(half.err()).contains("--cert-file and --key-file go together");
      line.addAll(List.of("--key-file", client.pemKey().toString()));
      Ran shown = Ran.run(line.toArray(String[]::new));
      assertThat(shown.exitCode()).as(shown.err()).isZero();
    }
  }
}
