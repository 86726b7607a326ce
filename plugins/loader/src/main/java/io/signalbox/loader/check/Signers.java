package io.signalbox.loader.check;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The signers that are trusted: certificates, or SHA-256 fingerprints of certificates. Each stands
 * for itself, and, if it is an authority's, for those whom it has issued a certificate to sign
 * code.
 *
 * @param certificates known in full
 * @param fingerprints known by their SHA-256 only, lower-case hex
 */
record Signers(List<X509Certificate> certificates, Set<String> fingerprints) {
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

  Signers {
    certificates = List.copyOf(certificates);
    fingerprints = Set.copyOf(fingerprints);
  }

  /** A fingerprint as tools print it, with or without colons, in one form; empty if it is none. */
  static Optional<String> fingerprint(String text) {
    String plain = text.replace(":", "").toLowerCase(Locale.ROOT);
    return FINGERPRINT.matcher(plain).matches() ? Optional.of(plain) : Optional.empty();
  }

  /**
   * Reads them. Blocks on the files.
   *
   * @param signers fingerprints, and paths of PEM files with one or more certificates
   * @throws IOException if a file cannot be read or holds no certificate
   */
  static Signers read(List<String> signers) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    Set<String> fingerprints = new HashSet<>();
    for (String signer : signers) {
      Optional<String> fingerprint = fingerprint(signer);
      if (fingerprint.isPresent()) {
        fingerprints.add(fingerprint.get());
      } else {
        certificates.addAll(certificates(signer));
      }
    }
    return new Signers(certificates, fingerprints);
  }

  private static List<X509Certificate> certificates(String file) throws IOException {
    List<X509Certificate> found = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(file)))) {
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        found.add((X509Certificate) certificate);
      }
    } catch (CertificateException | InvalidPathException e) {
      throw unusable(file, "it is no PEM file of certificates", e);
    } catch (IOException e) {
      throw unusable(file, "it cannot be read (" + e + ")", e);
    }
    if (found.isEmpty()) {
      throw unusable(file, "it holds no certificate", null);
    }
    return found;
  }

  private static IOException unusable(String file, String why, @Nullable Throwable cause) {
    return new IOException(
        "plugins.signers: " + file + " is neither a SHA-256 fingerprint nor a usable file: " + why,
        cause);
  }

  /** Whether nobody is named, so that signatures are not asked for. */
  boolean isEmpty() {
    return certificates.isEmpty() && fingerprints.isEmpty();
  }

  /** Whether a certificate is one of those that are named. */
  boolean names(X509Certificate certificate) {
    return certificates.contains(certificate)
        || fingerprints.contains(CertificateText.fingerprint(certificate));
  }
}
