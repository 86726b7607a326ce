package io.signalbox.loader.check;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/** A certificate in words. */
final class CertificateText {
  private CertificateText() {}

  /** SHA-256 of the certificate, lower-case hex. */
  static String fingerprint(X509Certificate certificate) {
    try {
      return Sha256.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
  }

  /** Its owner and its fingerprint, for messages. */
  static String title(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName()
        + " (SHA-256 "
        + fingerprint(certificate)
        + ")";
  }
}
