package io.signalbox.provider.ses;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads certificates in PEM form. */
final class PemCertificates {
  private PemCertificates() {}

  /**
   * All certificates of a text, in its order; empty if it has none.
   *
   * @throws CertificateException if one of them is none
   */
  static List<X509Certificate> parse(String pem) throws CertificateException {
    byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(bytes))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }
}
