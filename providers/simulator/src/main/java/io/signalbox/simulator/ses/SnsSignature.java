package io.signalbox.simulator.ses;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Signs SNS's messages, signature version 2. */
final class SnsSignature {
  static final String VERSION = "2";

  private static final List<String> NOTIFICATION =
      List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
  private static final List<String> CONFIRMATION =
      List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

  private final PrivateKey key;

  /** Takes the base64 of the PKCS#8 form. */
  SnsSignature(String privateKey) {
    try {
      key =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a private RSA key", e);
    }
  }

  String of(JsonObject message) {
    List<String> names =
        "Notification".equals(message.getString("Type")) ? NOTIFICATION : CONFIRMATION;
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      if (message.containsKey(name)) {
        text.append(name).append('\n').append(message.getString(name)).append('\n');
      }
    }
    try {
      Signature signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(key);
      signer.update(text.toString().getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime signs with RSA", e);
    }
  }
}
