package io.signalbox.simulator.sendgrid;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Signs the event webhook: ECDSA with SHA-256 over the timestamp followed by the raw body. */
final class SendGridSignature {
  private final PrivateKey key;

  /** Takes the base64 of a PKCS#8 key. */
  SendGridSignature(String privateKey) {
    try {
      byte[] encoded = Base64.getDecoder().decode(privateKey);
      key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a PKCS#8 key of an elliptic curve", e);
    }
  }

  String of(String timestamp, Buffer body) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(timestamp.getBytes(StandardCharsets.US_ASCII));
      signature.update(body.getBytes());
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime signs with P-256", e);
    }
  }
}
