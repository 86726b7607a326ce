package io.signalbox.provider.ses;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates may vouch for envelopes: those that are issued to SNS and good at the time.
 *
 * <p>What SNS publishes at the URL is the certificate alone, without the one that issued it, so
 * that no path to a root can be built of it. Its origin is vouched for by the TLS connection to a
 * host of SNS instead, against the JDK's own roots. Where certificates are configured, a path to
 * one of them is asked for as well.
 */
final class SnsTrust {
  private static final Pattern SNS_NAME =
      Pattern.compile("sns(-signing)?([.-][a-z0-9-]+)*\\.amazonaws\\.com(\\.cn)?");
  private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,]+)");
  private static final int DNS_NAME = 2;

  private final List<X509Certificate> anchors;

  /** Asks for a path to one of the anchors, unless there are none. */
  SnsTrust(List<X509Certificate> anchors) {
    this.anchors = List.copyOf(anchors);
  }

  /**
   * What speaks against a certificate.
   *
   * @param chain the certificate, and its issuers where they were published with it
   * @return a sentence; null if nothing does
   */
  @Nullable String objection(List<X509Certificate> chain, Instant now) {
    if (chain.isEmpty()) {
      return "no certificate is there";
    }
    X509Certificate certificate = chain.get(0);
    if (!(certificate.getPublicKey() instanceof RSAPublicKey)) {
      return "the certificate's key is not RSA";
    }
    if (!isOfSns(certificate)) {
      return "the certificate is not issued to SNS";
    }
    if (!isGoodAt(certificate, now)) {
      return "the certificate is not valid at this time";
    }
    return anchors.isEmpty() || anchors.contains(certificate) || hasPath(chain, now)
        ? null
        : "no path leads from the certificate to a trusted one";
  }

  /** Whether the time lies within the certificate's own dates. */
  static boolean isGoodAt(X509Certificate certificate, Instant now) {
    return !now.isBefore(certificate.getNotBefore().toInstant())
        && !now.isAfter(certificate.getNotAfter().toInstant());
  }

  private boolean hasPath(List<X509Certificate> chain, Instant now) {
    try {
      CertPath path =
          CertificateFactory.getInstance("X.509")
              .generateCertPath(
                  chain.stream().takeWhile(member -> !anchors.contains(member)).toList());
      Set<TrustAnchor> trusted =
          anchors.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toSet());
      PKIXParameters parameters = new PKIXParameters(trusted);
      parameters.setRevocationEnabled(false); // Asking for revocation would block the event loop.
      parameters.setDate(Date.from(now));
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
      return true;
    } catch (CertPathValidatorException
        | CertificateException
        | InvalidAlgorithmParameterException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK validates paths", e);
    }
  }

  private static boolean isOfSns(X509Certificate certificate) {
    return Stream.concat(commonName(certificate).stream(), dnsNames(certificate).stream())
        .anyMatch(name -> SNS_NAME.matcher(name).matches());
  }

  private static Optional<String> commonName(X509Certificate certificate) {
    Matcher matcher = COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static List<String> dnsNames(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> Integer.valueOf(DNS_NAME).equals(name.get(0)))
              .map(name -> String.valueOf(name.get(1)))
              .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }
}
