package io.signalbox.simulator.vonage;

import io.signalbox.simulator.core.Ids;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;

/**
 * The credentials of the simulated account, and of an application of it.
 *
 * @param apiKey the account's key
 * @param apiSecret its secret
 * @param signatureSecret signs its webhooks
 * @param from a sender's name
 * @param applicationId the application
 * @param privateKey the application's key: PEM, PKCS#8
 */
public record VonageAccount(
    String apiKey,
    String apiSecret,
    String signatureSecret,
    String from,
    String applicationId,
    String privateKey) {

  /** A new account. */
  public static VonageAccount random(SecureRandom random) {
    Ids ids = new Ids(random);
    return new VonageAccount(
        ids.hex(8),
        ids.alphanumeric(16),
        ids.alphanumeric(40),
        "Signalbox",
        ids.uuid(),
        ApplicationTokens.newKey());
  }

  /** Reads back what {@link #toState()} wrote. */
  public static VonageAccount fromState(JsonObject state) {
    return new VonageAccount(
        state.getString("api_key"),
        state.getString("api_secret"),
        state.getString("signature_secret"),
        state.getString("from"),
        state.getString("application_id"),
        state.getString("private_key"));
  }

  /** What a client needs, and all that the state file keeps. */
  public JsonObject toState() {
    return new JsonObject()
        .put("api_key", apiKey)
        .put("api_secret", apiSecret)
        .put("signature_secret", signatureSecret)
        .put("from", from)
        .put("application_id", applicationId)
        .put("private_key", privateKey);
  }

  @Override
  public String toString() {
    return "VonageAccount[masked]";
  }
}
