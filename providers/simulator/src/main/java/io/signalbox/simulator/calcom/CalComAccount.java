package io.signalbox.simulator.calcom;

import io.signalbox.simulator.core.Ids;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;

/**
 * The credentials of the simulated user.
 *
 * @param webhookSecret signs webhooks
 */
public record CalComAccount(String apiKey, String webhookSecret) {

  /** A new account. */
  public static CalComAccount random(SecureRandom random) {
    Ids ids = new Ids(random);
    return new CalComAccount("cal_test_" + ids.hex(32), ids.alphanumeric(32));
  }

  /** Reads back what {@link #toState()} wrote. */
  public static CalComAccount fromState(JsonObject state) {
    return new CalComAccount(state.getString("api_key"), state.getString("webhook_secret"));
  }

  /** What a client needs, and all that the state file keeps. */
  public JsonObject toState() {
    return new JsonObject().put("api_key", apiKey).put("webhook_secret", webhookSecret);
  }

  @Override
  public String toString() {
    return "CalComAccount[masked]";
  }
}
