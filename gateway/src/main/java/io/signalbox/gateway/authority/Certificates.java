package io.signalbox.gateway.authority;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;

/** Makes keys and certificates, all on the curve P-256. */
final class Certificates {
  private static final String ALGORITHM = "SHA256withECDSA";
  private static final byte[] ALGORITHM_ID = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
  private static final int SERIAL_BITS = 127;

  private final SecureRandom random;

  Certificates(SecureRandom random) {
    this.random = random;
  }

  KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  /** A name with a common name and nothing else, encoded. */
  static byte[] name(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8(commonName))));
  }

  /**
   * Makes one.
   *
   * @param issuer the signer's name, encoded
   * @param subject whose it is, encoded
   * @param from from when on it is valid
   * @param to until when
   * @param extensions encoded
   */
  X509Certificate make(
      byte[] issuer,
      PrivateKey signer,
      byte[] subject,
      PublicKey key,
      Instant from,
      Instant to,
      byte[] extensions) {
    byte[] body =
        Der.sequence(
            Der.explicit(0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1)),
            ALGORITHM_ID,
            issuer,
            Der.sequence(Der.time(from), Der.time(to)),
            subject,
            key.getEncoded(),
            Der.explicit(3, extensions));
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(signer, random);
      signature.update(body);
      byte[] certificate = Der.sequence(body, ALGORITHM_ID, Der.bits(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the certificate cannot be made", e);
    }
  }
}
