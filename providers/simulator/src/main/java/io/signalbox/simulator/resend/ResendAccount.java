package io.signalbox.simulator.resend;

import io.signalbox.simulator.core.Ids;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.Base64;

/** The credentials of the simulated account. */
public record ResendAccount(String apiKey, String webhookSecret) {
  private static final int SECRET_BYTES = 24;

  /** A new account. */
  public static ResendAccount random(SecureRandom random) {
    Ids ids = new Ids(random);
    return new ResendAccount(
        "re_" + ids.alphanumeric(8) + "_" + ids.alphanumeric(24),
        ResendSignature.PREFIX + Base64.getEncoder().encodeToString(ids.bytes(SECRET_BYTES)));
  }

  /** Reads back what {@link #toState()} wrote. */
  public static ResendAccount fromState(JsonObject state) {
    return new ResendAccount(state.getString("api_key"), state.getString("webhook_secret"));
  }

  /** What a client needs, and all that the state file keeps. */
  public JsonObject toState() {
    return new JsonObject().put("api_key", apiKey).put("webhook_secret", webhookSecret);
  }

  @Override
  public String toString() {
    return "ResendAccount[masked]";
  }
}
