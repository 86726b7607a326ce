package io.signalbox.simulator.vonage;

import io.signalbox.simulator.core.Ids;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;

/** The credentials of the simulated account. */
public record VonageAccount(String apiKey, String apiSecret, String signatureSecret, String from) {

  /** A new account. */
  public static VonageAccount random(SecureRandom random) {
    Ids ids = new Ids(random);
    return new VonageAccount(ids.hex(8), ids.alphanumeric(16), ids.alphanumeric(40), "Signalbox");
  }

  /** Reads back what {@link #toState()} wrote. */
  public static VonageAccount fromState(JsonObject state) {
    return new VonageAccount(
        state.getString("api_key"),
        state.getString("api_secret"),
        state.getString("signature_secret"),
        state.getString("from"));
  }

  /** What a client needs, and all that the state file keeps. */
  public JsonObject toState() {
    return new JsonObject()
        .put("api_key", apiKey)
        .put("api_secret", apiSecret)
        .put("signature_secret", signatureSecret)
        .put("from", from);
  }

  @Override
  public String toString() {
    return "VonageAccount[masked]";
  }
}
