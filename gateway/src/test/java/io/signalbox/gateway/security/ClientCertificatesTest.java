package io.signalbox.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.testkit.TestCertificate;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCertificatesTest {
  @TempDir private Path dir;

  @Test
  void oneThatHasEndedSinceItsConnectionBeganIsNobodysAnyMore() throws Exception {
    TestCertificate made = TestCertificate.create(dir, "CN=shop", "dns:shop.example");
    X509Certificate certificate;
    try (InputStream in = Files.newInputStream(made.pem())) {
      certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
    Path file =
        Files.writeString(
            dir.resolve("callers.yaml"),
            "callers: [{certificate: 'dns:shop.example', subject: s, tenant: t, roles: [sender]}]");
    Instant end = certificate.getNotAfter().toInstant();
    SettableClock clock = new SettableClock(end.minusSeconds(1));
    Vertx vertx = Vertx.vertx();
    try {
      ClientCertificates callers = ClientCertificates.open(vertx, Optional.of(file), clock).await();
      assertThat(callers.verify(certificate).result().subject()).isEqualTo("s");
      for (Instant other :
          new Instant[] {
            end.plusSeconds(1), certificate.getNotBefore().toInstant().minus(Duration.ofDays(1))
          }) {
        clock.now = other;
        assertThat(callers.verify(certificate).cause())
            .isInstanceOfSatisfying(
                SignInException.class,
                refusal -> {
                  assertThat(refusal.failure()).isEqualTo(SignInFailure.CERTIFICATE);
                  assertThat(refusal.subject()).isEqualTo("dns:shop.example");
                });
      }
      callers.close();
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void aHandshakeFailsForTheClientsCertificateOrForSomethingElse() {
    Exception expired = new CertificateExpiredException("NotAfter: yesterday");
    assertThat(ClientCertificates.isRefusal(new SSLHandshakeException("no").initCause(expired)))
        .isTrue();
    assertThat(
            ClientCertificates.isRefusal(
                new SSLHandshakeException("Empty client certificate chain")))
        .isTrue();
    assertThat(
            ClientCertificates.isRefusal(
                new SSLHandshakeException("Received fatal alert: bad_certificate")))
        .isFalse();
  }
}
