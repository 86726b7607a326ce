package io.signalbox.simulator.smsactivate;

import io.signalbox.simulator.core.Ids;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;

/**
 * The credentials of the simulated account.
 *
 * @param apiKey of all calls
 * @param webhookSecret what the customer has written into the URL of the webhooks
 */
public record SmsActivateAccount(String apiKey, String webhookSecret) {

  /** A new account. */
  public static SmsActivateAccount random(SecureRandom random) {
    Ids ids = new Ids(random);
    return new SmsActivateAccount(ids.hex(32), ids.hex(32));
  }

  /** Reads back what {@link #toState()} wrote. */
  public static SmsActivateAccount fromState(JsonObject state) {
    return new SmsActivateAccount(state.getString("api_key"), state.getString("webhook_secret"));
  }

  /** What a client needs, and all that the state file keeps. */
  public JsonObject toState() {
    return new JsonObject().put("api_key", apiKey).put("webhook_secret", webhookSecret);
  }

  @Override
  public String toString() {
    return "SmsActivateAccount[masked]";
  }
}
