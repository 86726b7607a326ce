package io.signalbox.gateway.security;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys and tokens as others make them, good and bad. */
final class TestTokens {
  private TestTokens() {}

  static KeyPair pair(String kind) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      if (!"Ed25519".equals(kind)) {
        generator.initialize("RSA".equals(kind) ? 2048 : 256);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(KeyPair pair) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  static JsonObject webKey(KeyPair pair, String id) {
    JsonObject json = new JsonObject().put("kid", id).put("use", "sig");
    if (pair.getPublic() instanceof RSAPublicKey rsa) {
      return json.put("kty", "RSA")
          .put("n", base64(bytes(rsa.getModulus(), 256)))
          .put("e", base64(rsa.getPublicExponent().toByteArray()));
    }
    if (pair.getPublic() instanceof ECPublicKey ec) {
      return json.put("kty", "EC")
          .put("crv", "P-256")
          .put("x", base64(bytes(ec.getW().getAffineX(), 32)))
          .put("y", base64(bytes(ec.getW().getAffineY(), 32)));
    }
    byte[] encoded = pair.getPublic().getEncoded();
    return json.put("kty", "OKP")
        .put("crv", "Ed25519")
        .put("x", base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
  }

  static String sign(KeyPair pair, String keyId, JsonObject claims) {
    PrivateKey key = pair.getPrivate();
    String name = key.getAlgorithm();
    boolean rsa = "RSA".equals(name);
    boolean ec = "EC".equals(name);
    JsonObject header = new JsonObject().put("alg", rsa ? "RS256" : ec ? "ES256" : "EdDSA");
    if (keyId != null) {
      header.put("kid", keyId);
    }
    String signed = base64(header.encode()) + "." + base64(claims.encode());
    try {
      Signature signature =
          Signature.getInstance(
              rsa ? "SHA256withRSA" : ec ? "SHA256withECDSAinP1363Format" : "Ed25519");
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String hmac(byte[] secret, JsonObject claims) throws Exception {
    String signed = base64("{\"alg\":\"HS256\"}") + "." + base64(claims.encode());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  /** The same token with another algorithm in its header. */
  static String withAlgorithm(String algorithm, String token) {
    return base64(new JsonObject().put("alg", algorithm).encode())
        + token.substring(token.indexOf('.'));
  }

  static byte[] bytes(BigInteger number, int length) {
    byte[] all = number.toByteArray();
    byte[] padded = new byte[length];
    int count = Math.min(all.length, length);
    System.arraycopy(all, all.length - count, padded, length - count, count);
    return padded;
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
