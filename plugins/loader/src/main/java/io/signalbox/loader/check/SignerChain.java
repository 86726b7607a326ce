package io.signalbox.loader.check;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The certificate of one signer of a jar, and those of the authorities above it as the jar brings
 * them.
 *
 * @param certificates the signer's own first
 */
record SignerChain(List<X509Certificate> certificates) {
  private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
  private static final String ANY_USE = "2.5.29.37.0";

  /** Reads the path of a signature. */
  static SignerChain of(CertPath path) {
    return new SignerChain(
        path.getCertificates().stream().map(X509Certificate.class::cast).toList());
  }

  private X509Certificate own() {
    return certificates.get(0);
  }

  /** Owner and fingerprint, for messages. */
  String title() {
    return CertificateText.title(own());
  }

  /** Why the signer is not trusted at a time; empty if it is. */
  Optional<String> refusal(Signers trusted, Instant now) {
    if (trusted.names(own())) {
      return expiry(own(), now);
    }
    for (int above = 1; above < certificates.size(); above++) {
      if (trusted.names(certificates.get(above))) {
        return issued(above, certificates.get(above), now);
      }
    }
    X509Certificate last = certificates.get(certificates.size() - 1);
    for (X509Certificate authority : trusted.certificates()) {
      if (isIssuer(authority, last)) {
        return issued(certificates.size(), authority, now);
      }
    }
    return Optional.of(
        "is signed by "
            + title()
            + ", who is none of plugins.signers; if the signer is trusted, add the fingerprint");
  }

  private static boolean isIssuer(X509Certificate authority, X509Certificate certificate) {
    try {
      certificate.verify(authority.getPublicKey());
      return authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    } catch (GeneralSecurityException e) {
      return false; // Another key of the same name, or of another kind.
    }
  }

  /** Whether an authority has issued the first certificates of the chain, to sign code. */
  private Optional<String> issued(int count, X509Certificate authority, Instant now) {
    for (X509Certificate certificate : certificates.subList(0, count)) {
      Optional<String> expiry = expiry(certificate, now);
      if (expiry.isPresent()) {
        return expiry;
      }
    }
    Optional<String> expiry = expiry(authority, now);
    if (expiry.isPresent()) {
      return expiry;
    }
    if (authority.getBasicConstraints() < 0) {
      return Optional.of(
          "is signed by "
              + title()
              + ", issued by "
              + CertificateText.title(authority)
              + " of plugins.signers, which is no certificate authority; name the signer itself");
    }
    if (!maySignCode(own())) {
      return Optional.of(
          "is signed by "
              + title()
              + ", whose certificate is not for signing code; sign with one that is");
    }
    return validated(count, authority, now);
  }

  private Optional<String> validated(int count, X509Certificate authority, Instant now) {
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
      parameters.setRevocationEnabled(false); // No network while plugins start.
      parameters.setDate(Date.from(now));
      CertPath path =
          CertificateFactory.getInstance("X.509").generateCertPath(certificates.subList(0, count));
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
      return Optional.empty();
    } catch (CertPathValidatorException e) {
      return Optional.of(
          "is signed by "
              + title()
              + ", whose certificate does not prove that "
              + CertificateText.title(authority)
              + " of plugins.signers issued it: "
              + e.getMessage());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform validates certificate paths", e);
    }
  }

  private static Optional<String> expiry(X509Certificate certificate, Instant now) {
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      return Optional.of(
          "is signed with a certificate that has expired: "
              + CertificateText.title(certificate)
              + " was valid until "
              + certificate.getNotAfter().toInstant()
              + "; sign it anew with a valid one");
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      return Optional.of(
          "is signed with a certificate that is not valid yet: "
              + CertificateText.title(certificate)
              + " is valid from "
              + certificate.getNotBefore().toInstant()
              + "; is this machine's clock right?");
    }
    return Optional.empty();
  }

  private static boolean maySignCode(X509Certificate certificate) {
    try {
      List<String> uses = certificate.getExtendedKeyUsage();
      return uses == null || uses.contains(CODE_SIGNING) || uses.contains(ANY_USE);
    } catch (CertificateParsingException e) {
      return false;
    }
  }
}
