package io.signalbox.simulator.twilio;

import io.signalbox.simulator.core.Ids;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;

/**
 * The credentials of the simulated account.
 *
 * @param from the only number that the account may send from
 */
public record TwilioAccount(String accountSid, String authToken, String from) {

  /** A new account. */
  public static TwilioAccount random(SecureRandom random) {
    Ids ids = new Ids(random);
    return new TwilioAccount("AC" + ids.hex(32), ids.hex(32), "+1501" + ids.digits(3) + "0604");
  }

  /** Reads back what {@link #toState()} wrote. */
  public static TwilioAccount fromState(JsonObject state) {
    return new TwilioAccount(
        state.getString("account_sid"), state.getString("auth_token"), state.getString("from"));
  }

  /** What a client needs, and all that the state file keeps. */
  public JsonObject toState() {
    return new JsonObject()
        .put("account_sid", accountSid)
        .put("auth_token", authToken)
        .put("from", from);
  }

  @Override
  public String toString() {
    return "TwilioAccount[masked]";
  }
}
