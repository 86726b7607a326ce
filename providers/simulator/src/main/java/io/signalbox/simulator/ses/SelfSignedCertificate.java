package io.signalbox.simulator.ses;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;

/** Writes X.509 certificates (version 1) that vouch for themselves. */
final class SelfSignedCertificate {
  /** Long enough for any clock that a test may set. */
  private static final String NOT_BEFORE = "000101000000Z";

  private static final String NOT_AFTER = "491231235959Z";

  /** 1.2.840.113549.1.1.11, sha256WithRSAEncryption, and NULL for its parameters. */
  private static final byte[] SHA256_WITH_RSA = {
    0x06,
    0x09,
    0x2A,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xF7,
    0x0D,
    0x01,
    0x01,
    0x0B,
    0x05,
    0x00
  };

  /** 2.5.4.3, commonName. */
  private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};

  private SelfSignedCertificate() {}

  /** The certificate of an RSA key pair in PEM form. */
  static String pem(KeyPair keys, String commonName, BigInteger serial) {
    byte[] algorithm = Der.sequence(SHA256_WITH_RSA);
    byte[] name = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text(commonName))));
    byte[] signed =
        Der.sequence(
            Der.integer(serial),
            algorithm,
            name,
            Der.sequence(Der.utcTime(NOT_BEFORE), Der.utcTime(NOT_AFTER)),
            name,
            keys.getPublic().getEncoded());
    byte[] certificate = Der.sequence(signed, algorithm, Der.bits(signature(keys, signed)));
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN CERTIFICATE-----\n"
        + lines.encodeToString(certificate)
        + "\n-----END CERTIFICATE-----\n";
  }

  private static byte[] signature(KeyPair keys, byte[] bytes) {
    try {
      Signature signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(keys.getPrivate());
      signer.update(bytes);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime signs with RSA", e);
    }
  }
}
