package io.signalbox.loader.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.loader.PluginSource;
import io.signalbox.loader.check.TestSigner.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code plugins.signers}, only what one of them signed as a whole is taken. */
class SignatureCheckTest {
  private static TestSigner signer;
  private static TestSigner authority;
  private static TestSigner employee;

  @TempDir Path temp;
  private Path jar;

  @BeforeAll
  static void makeKeys() throws Exception {
    signer = TestSigner.selfSigned("signer", Use.ANY);
    authority = TestSigner.selfSigned("authority", Use.AUTHORITY);
    employee = authority.issue("employee", Use.CODE_SIGNING);
  }

  @BeforeEach
  void build() throws IOException {
    jar = PluginSource.plugin("mail", "1.0").writeTo(temp.resolve("mail.jar"));
  }

  private PluginJar check(String... signers) throws Exception {
    return check(Set.of(), signers);
  }

  private PluginJar check(Set<String> allow, String... signers) throws Exception {
    PluginTrust trust = new PluginTrust(allow, List.of(signers));
    return JarCheck.of(trust, Clock.systemUTC()).check(jar);
  }

  private void accepted(String... signers) throws Exception {
    assertThat(check(signers).name()).isEqualTo("mail");
  }

  private void refused(String trusted, String... parts) {
    assertThatThrownBy(() -> check(trusted))
        .isInstanceOf(PluginRefusedException.class)
        .hasMessageContainingAll(parts);
  }

  private String pem(TestSigner one) throws Exception {
    return one.pem(temp.resolve("signer.pem")).toString();
  }

  @Test
  void aSignerIsNamedByItsCertificateOrFingerprint() throws Exception {
    signer.sign(jar);
    accepted(pem(signer));
    accepted(signer.fingerprint());
    String withColons =
        signer.fingerprint().toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:");
    accepted(employee.fingerprint(), withColons);
  }

  @Test
  void anAuthorityIsTrustedForThoseWhomItIssuedACertificate() throws Exception {
    employee.sign(jar);
    accepted(pem(authority));
    accepted(authority.fingerprint());
    accepted(employee.fingerprint());
  }

  @Test
  void anAuthorityKnownInFullNeedNotBeInTheJar() throws Exception {
    employee.withoutAuthorities().sign(jar);
    accepted(pem(authority));
    refused(authority.fingerprint(), "CN=employee", "none of plugins.signers");
  }

  @Test
  void oneOfSeveralSignersSuffices() throws Exception {
    signer.sign(jar);
    employee.sign(jar);
    accepted(signer.fingerprint());
    accepted(employee.fingerprint());
  }

  @Test
  void withoutSignersASignatureIsNotAskedForAndMustStillFit() throws Exception {
    accepted();
    signer.sign(jar);
    accepted();
    JarEdit.replace(jar, "acme/Factory.class", "mail 1.0", "mail 6.6");
    assertThatThrownBy(() -> check()).hasMessageContaining("was changed after it was signed");
  }

  @Test
  void unsigned() throws Exception {
    refused(signer.fingerprint(), "is not signed", "jarsigner");
    signer.sign(jar);
    JarEdit.edit(jar, all -> all.keySet().removeIf(name -> name.endsWith(".EC")));
    refused(signer.fingerprint(), "is not signed", "jarsigner");
  }

  @Test
  void signedInPartsOnly() throws Exception {
    signer.sign(jar);
    JarEdit.edit(jar, all -> all.put("META-INF/services/java.sql.Driver", new byte[] {'x'}));
    refused(signer.fingerprint(), "is signed in parts only", "META-INF/services/java.sql.Driver");
  }

  @Test
  void oneEntryFromAnotherSigner() throws Exception {
    signer.sign(jar);
    JarEdit.edit(jar, all -> all.put("acme/more.txt", new byte[] {'x'}));
    employee.sign(jar);
    accepted(employee.fingerprint());
    refused(signer.fingerprint(), "CN=employee", "none of plugins.signers");
  }

  @Test
  void changedAfterwards() throws Exception {
    signer.sign(jar);
    Path whole = Files.copy(jar, temp.resolve("whole.jar"));
    JarEdit.replace(jar, "acme/Factory.class", "mail 1.0", "mail 6.6");
    refused(signer.fingerprint(), "was changed after it was signed", "acme/Factory.class");
    jar = Files.copy(whole, temp.resolve("second.jar"));
    JarEdit.replace(jar, PluginSource.SERVICE, "acme.Factory", "acme.Foctory");
    refused(signer.fingerprint(), "was changed after it was signed", PluginSource.SERVICE);
    jar = Files.copy(whole, temp.resolve("third.jar"));
    JarEdit.replace(jar, "META-INF/MANIFEST.MF", "Plugin: mail", "Plugin: sms");
    refused(signer.fingerprint(), "was changed after it was signed", "anifest");
  }

  @Test
  void anEntryThatWasTakenOut() throws Exception {
    jar =
        PluginSource.plugin("mail", "1.0")
            .entry("acme/limits.txt", "10")
            .writeTo(temp.resolve("mail.jar"));
    signer.sign(jar);
    JarEdit.edit(jar, all -> all.remove("acme/limits.txt"));
    refused(signer.fingerprint(), "lacks the entry acme/limits.txt", "when it was signed");
  }

  @Test
  void signedBySomebodyElse() throws Exception {
    TestSigner other = TestSigner.selfSigned("signer", Use.ANY);
    other.sign(jar);
    refused(pem(signer), "CN=signer", other.fingerprint(), "none of plugins.signers");
    refused(signer.fingerprint(), "CN=signer", other.fingerprint(), "none of plugins.signers");
  }

  @Test
  void issuedByAnotherAuthorityOfTheSameName() throws Exception {
    TestSigner.selfSigned("authority", Use.AUTHORITY).issue("employee", Use.ANY).sign(jar);
    refused(pem(authority), "CN=employee", "none of plugins.signers");
    TestSigner.selfSigned("authority", Use.AUTHORITY)
        .issue("employee", Use.ANY)
        .withoutAuthorities()
        .sign(jar);
    refused(pem(authority), "CN=employee", "none of plugins.signers");
  }

  @Test
  void issuedByOneWhoIsNoAuthority() throws Exception {
    employee.issue("friend", Use.CODE_SIGNING).sign(jar);
    refused(pem(employee), "CN=friend", "CN=employee", "no certificate authority");
    refused(pem(authority), "CN=friend", "does not prove");
  }

  @Test
  void anAuthoritysCertificateForAnotherPurpose() throws Exception {
    TestSigner server = authority.issue("server", Use.TLS_SERVER);
    server.sign(jar);
    refused(pem(authority), "CN=server", "not for signing code");
    accepted(server.fingerprint());
  }

  @Test
  void expiredAndNotYetValid() throws Exception {
    Instant now = TestSigner.now();
    TestSigner old =
        TestSigner.of("old", Use.ANY, null, now.minus(Duration.ofDays(9)), Duration.ofDays(1));
    old.sign(jar);
    refused(old.fingerprint(), "has expired", "CN=old", "valid until");
    build();
    TestSigner early =
        TestSigner.of("early", Use.ANY, null, now.plus(Duration.ofDays(9)), Duration.ofDays(1));
    early.sign(jar);
    refused(early.fingerprint(), "is not valid yet", "CN=early", "valid from");
    build();
    TestSigner.of("left", Use.ANY, authority, now.minus(Duration.ofDays(9)), Duration.ofDays(1))
        .sign(jar);
    refused(pem(authority), "has expired", "CN=left");
  }

  @Test
  void bothListsMustAgree() throws Exception {
    String unsigned = Sha256.of(jar);
    assertThatThrownBy(() -> check(Set.of(unsigned), signer.fingerprint()))
        .hasMessageContaining("is not signed");
    signer.sign(jar);
    assertThatThrownBy(() -> check(Set.of(unsigned), signer.fingerprint()))
        .hasMessageContaining("not on the allow list");
    assertThat(check(Set.of(Sha256.of(jar)), signer.fingerprint()).name()).isEqualTo("mail");
  }

  @Test
  void aSignerThatCannotBeReadIsToldAtOnce() throws Exception {
    Path empty = Files.writeString(temp.resolve("empty.pem"), "");
    Path other = Files.writeString(temp.resolve("other.pem"), "hunter2");
    for (String wrong :
        List.of(
            "no/such.pem",
            temp.toString(),
            empty.toString(),
            other.toString(),
            signer.fingerprint().substring(1))) {
      assertThatThrownBy(() -> check(wrong))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll(wrong, "neither a SHA-256 fingerprint nor a usable file");
    }
  }
}
