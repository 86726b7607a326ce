package io.signalbox.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.compat.Dialects;
import io.signalbox.gateway.compat.HostTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompatCommandTest {
  private static final String EDGE = "api.dublin.ie1.twilio.com";

  @TempDir private Path dir;

  private Ran make(String... more) {
    String[] args = {"compat", "ca", "--out", dir.resolve("ca").toString()};
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return Ran.run(all);
  }

  @Test
  void makesAnAuthorityThatCanDoNothingElseAndACertificateOfAllHosts() throws Exception {
    Ran ran = make("--host", EDGE, "--json");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.json().getBoolean("authority_new")).isTrue();
    X509Certificate authority = certificate("ca.pem");
    X509Certificate server = certificate("server.pem");
    assertThat(authority.getBasicConstraints()).isZero();
    assertThat(authority.getKeyUsage()).startsWith(false, false, false, false, false, true, true);
    assertThat(authority.getCriticalExtensionOIDs())
        .containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15", "2.5.29.30");
    authority.verify(authority.getPublicKey());
    server.verify(authority.getPublicKey());
    assertThat(server.getBasicConstraints()).isEqualTo(-1);
    assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    List<String> expected =
        Dialects.all().stream()
            .flatMap(dialect -> dialect.hosts().stream())
            .filter(host -> !HostTable.isPattern(host))
            .toList();
    assertThat(server.getSubjectAlternativeNames().stream().map(name -> name.get(1)).toList())
        .asInstanceOf(InstanceOfAssertFactories.list(String.class))
        .containsAll(expected)
        .contains(EDGE);
    assertThat(lifetime(server)).isBetween(Duration.ofDays(396), Duration.ofDays(398));
    assertThat(lifetime(authority)).isBetween(Duration.ofDays(1_824), Duration.ofDays(1_826));
    for (String key : List.of("ca.key", "server.key")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(key))))
          .as(key)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aCertificateIsRenewedByTheSameAuthority() throws Exception {
    assertThat(make("--host", EDGE).exitCode()).isZero();
    byte[] secret = Files.readAllBytes(file("ca.key"));
    X509Certificate authority = certificate("ca.pem");
    X509Certificate before = certificate("server.pem");
    Ran again = make("--host", EDGE);
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("The authority as it was", "NODE_EXTRA_CA_CERTS", "keytool");
    assertThat(Files.readAllBytes(file("ca.key"))).isEqualTo(secret);
    assertThat(certificate("ca.pem")).isEqualTo(authority);
    X509Certificate after = certificate("server.pem");
    assertThat(after.getSerialNumber()).isNotEqualTo(before.getSerialNumber());
    assertThat(after.getPublicKey()).isNotEqualTo(before.getPublicKey());
    after.verify(authority.getPublicKey());
  }

  @Test
  void anAuthorityVouchesForNoNamesThatItWasNotMadeFor() throws IOException {
    assertThat(make("--host", "mail.example.com").exitCode()).isZero();
    byte[] before = Files.readAllBytes(file("server.pem"));
    Ran refused = make("--host", "a.mail.example.com", "--host", "example.org");
    assertThat(refused.exitCode()).isEqualTo(ExitCodes.FAILED);
    assertThat(refused.err())
        .contains("ca.pem may not vouch for example.org; take another folder")
        .doesNotContain("example.com");
    assertThat(Files.readAllBytes(file("server.pem"))).isEqualTo(before);
    assertThat(make("--host", "*.mail.example.com").exitCode()).isZero();
  }

  @Test
  void halfAnAuthorityIsNotReplaced() throws IOException {
    assertThat(make("--host", EDGE).exitCode()).isZero();
    Path kept = Files.move(file("ca.pem"), dir.resolve("kept.pem"));
    Ran refused = make("--host", EDGE);
    assertThat(refused.exitCode()).isEqualTo(ExitCodes.FAILED);
    assertThat(refused.err()).contains("ca.key is there without ca.pem");
    Path other = dir.resolve("other");
    assertThat(Ran.run("compat", "ca", "--out", other.toString(), "--host", EDGE).exitCode())
        .isZero();
    Files.copy(other.resolve("ca.pem"), file("ca.pem"));
    assertThat(make("--host", EDGE).err()).contains("ca.key is not the key of an authority in");
    assertThat(kept).exists();
  }

  @Test
  void whatIsNoHostNameIsRefused() {
    for (String host : List.of("localhost", "10.0.0.1/8", "a b.example", "https://a.example")) {
      Ran refused = make("--host", host);
      assertThat(refused.exitCode()).as(host).isEqualTo(ExitCodes.BAD_DATA);
      assertThat(refused.err()).contains("--host must be a host name");
    }
    assertThat(dir.resolve("ca")).doesNotExist();
  }

  private static Duration lifetime(X509Certificate certificate) {
    Instant from = certificate.getNotBefore().toInstant();
    return Duration.between(from, certificate.getNotAfter().toInstant());
  }

  private Path file(String name) {
    return dir.resolve("ca").resolve(name);
  }

  private X509Certificate certificate(String name) throws Exception {
    try (InputStream in = Files.newInputStream(file(name))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
