package io.signalbox.simulator.sendgrid;

import io.signalbox.simulator.core.Ids;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * The credentials of the simulated account.
 *
 * @param webhookPublicKey base64 of the SPKI form, as the provider shows it
 * @param webhookPrivateKey base64 of the PKCS#8 form; never shown
 */
public record SendGridAccount(String apiKey, String webhookPublicKey, String webhookPrivateKey) {

  /** A new account. */
  public static SendGridAccount random(SecureRandom random) {
    Ids ids = new Ids(random);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair keys = generator.generateKeyPair();
      Base64.Encoder base64 = Base64.getEncoder();
      return new SendGridAccount(
          "SG." + ids.urlSafe(22) + "." + ids.urlSafe(43),
          base64.encodeToString(keys.getPublic().getEncoded()),
          base64.encodeToString(keys.getPrivate().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has P-256", e);
    }
  }

  /** Reads back what {@link #toState()} wrote. */
  public static SendGridAccount fromState(JsonObject state) {
    return new SendGridAccount(
        state.getString("api_key"),
        state.getString("webhook_public_key"),
        state.getString("webhook_private_key"));
  }

  /** All of it, for the state file. */
  public JsonObject toState() {
    return toJson().put("webhook_private_key", webhookPrivateKey);
  }

  /** What a client needs. */
  JsonObject toJson() {
    return new JsonObject().put("api_key", apiKey).put("webhook_public_key", webhookPublicKey);
  }

  @Override
  public String toString() {
    return "SendGridAccount[masked]";
  }
}
