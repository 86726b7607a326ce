package io.signalbox.provider.ses;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnsTrustTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final X509Certificate self = read("signing_cert.pem");
  private final X509Certificate issued = read("issued_cert.pem");
  private final X509Certificate issuer = read("ca_cert.pem");
  private final X509Certificate foreign = read("foreign_cert.pem");

  @Test
  void withoutAnchorsTheOriginCounts() {
    SnsTrust trust = new SnsTrust(List.of());

    assertThat(trust.objection(List.of(self), NOW)).isNull();
    assertThat(trust.objection(List.of(issued), NOW)).isNull();
    assertThat(trust.objection(List.of(foreign), NOW)).contains("not issued to SNS");
    assertThat(trust.objection(List.of(), NOW)).isNotNull();
  }

  @Test
  void withAnchorsAPathMustLeadToOne() {
    SnsTrust trust = new SnsTrust(List.of(issuer));

    assertThat(trust.objection(List.of(issued), NOW)).isNull();
    assertThat(trust.objection(List.of(issued, issuer), NOW)).isNull();
    assertThat(trust.objection(List.of(self), NOW)).contains("no path");
    assertThat(new SnsTrust(List.of(self)).objection(List.of(self), NOW)).isNull();
    assertThat(new SnsTrust(List.of(self)).objection(List.of(issued), NOW)).contains("no path");
  }

  @Test
  void anchorDoesNotMakeUpForAnotherName() {
    assertThat(new SnsTrust(List.of(foreign)).objection(List.of(foreign), NOW))
        .contains("not issued to SNS");
  }

  @Test
  void certificateIsGoodWithinItsDatesOnly() {
    SnsTrust trust = new SnsTrust(List.of(self));

    assertThat(trust.objection(List.of(self), Instant.parse("2019-12-31T23:59:59Z")))
        .contains("not valid at this time");
    assertThat(trust.objection(List.of(self), Instant.parse("2120-01-01T00:00:00Z")))
        .contains("not valid at this time");
  }

  private static X509Certificate read(String name) {
    try {
      return PemCertificates.parse(SnsSender.resource(name)).get(0);
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }
}
