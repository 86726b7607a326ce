package io.signalbox.gateway.tls;

import io.signalbox.gateway.config.HttpSettings.Tls;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/** Reads a server's certificate and checks all that can be checked before it is used. Blocks. */
final class CertificateFiles {
  private static final int MOST_BYTES = 512 * 1024;
  private static final byte[] PROBE = "signed by the key".getBytes(StandardCharsets.US_ASCII);

  private CertificateFiles() {}

  /**
   * Reads the files, and looks into them if they are others than those in force.
   *
   * @param inForce what was read before
   * @throws IOException if one cannot be read or used, or the key is not the certificate's; says
   *     which file, and nothing of its content
   */
  static ServerCertificate read(Vertx vertx, Tls files, @Nullable ServerCertificate inForce)
      throws IOException {
    Buffer chain = bytes(files.certificate());
    Buffer key = bytes(files.key());
    Path authority = files.clientAuthority().orElse(null);
    Buffer authorities = authority == null ? null : bytes(authority);
    if (inForce != null && inForce.isOf(chain, key, authorities)) {
      return inForce;
    }
    List<X509Certificate> shown = certificates(files.certificate(), chain);
    if (authority != null && authorities != null) {
      certificates(authority, authorities);
    }
    X509Certificate leaf = shown.get(0);
    if (!belongTogether(privateKey(vertx, files, chain, key), leaf.getPublicKey())) {
      throw new IOException(
          files.key() + " is not the key of the first certificate in " + files.certificate());
    }
    return new ServerCertificate(chain, key, authorities, files.clientAuth(), leaf);
  }

  private static Buffer bytes(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is too large for a PEM file");
    }
    return Buffer.buffer(Files.readAllBytes(file));
  }

  private static List<X509Certificate> certificates(Path file, Buffer pem) throws IOException {
    try {
      Collection<? extends Certificate> read =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes()));
      List<X509Certificate> found =
          read.stream()
              .filter(X509Certificate.class::isInstance)
              .map(X509Certificate.class::cast)
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds no usable certificate", e);
    }
    throw new IOException(file + " must be a PEM file with a CERTIFICATE");
  }

  /** By the parser that the server itself uses. */
  private static PrivateKey privateKey(Vertx vertx, Tls files, Buffer chain, Buffer key)
      throws IOException {
    PrivateKey found;
    try {
      found =
          privateKey(
              new PemKeyCertOptions()
                  .addCertValue(chain)
                  .addKeyValue(key)
                  .getKeyManagerFactory(vertx)
                  .getKeyManagers());
    } catch (Exception e) {
      // Not the cause's message: it may say what stands in the file.
      throw new IOException(
          files.key() + " must be a PEM file with a PRIVATE KEY (RSA or EC, not encrypted)", e);
    }
    if (found == null) {
      throw new IOException(
          files.key() + " and " + files.certificate() + " are not of one kind, RSA or EC");
    }
    return found;
  }

  private static @Nullable PrivateKey privateKey(KeyManager[] managers) {
    for (KeyManager manager : managers) {
      if (manager instanceof X509KeyManager keys) {
        for (String kind : List.of("EC", "RSA")) {
          String[] aliases = keys.getServerAliases(kind, null);
          if (aliases != null && aliases.length > 0) {
            return keys.getPrivateKey(aliases[0]);
          }
        }
      }
    }
    return null;
  }

  private static boolean belongTogether(PrivateKey secret, PublicKey shown) {
    String algorithm = "RSA".equals(secret.getAlgorithm()) ? "SHA256withRSA" : "SHA256withECDSA";
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(secret);
      signer.update(PROBE);
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(shown);
      verifier.update(PROBE);
      return verifier.verify(signer.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
