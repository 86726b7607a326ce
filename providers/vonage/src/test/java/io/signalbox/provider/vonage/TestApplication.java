package io.signalbox.provider.vonage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** An application of Vonage with a key made for this run. */
final class TestApplication {
  static final String ID = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab";

  private static final KeyPair KEYS = rsa(2048);

  private TestApplication() {}

  /** The private key as Vonage hands it out. */
  static String pem() {
    return pem(KEYS);
  }

  static String pem(KeyPair keys) {
    Base64.Encoder mime = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));
    return "-----BEGIN PRIVATE KEY-----\n"
        + mime.encodeToString(keys.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The claims of a token, if this application has signed it by RS256. */
  static JsonObject verified(String token) {
    String[] parts = token.split("\\.", -1);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(KEYS.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
      if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))
          || !json(parts[0]).equals(new JsonObject().put("alg", "RS256").put("typ", "JWT"))) {
        throw new AssertionError("not signed by the application");
      }
      return json(parts[1]);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonObject json(String part) {
    return new JsonObject(new String(Base64.getUrlDecoder().decode(part), US_ASCII));
  }
}
