package io.signalbox.simulator.messageapi;

import io.signalbox.simulator.core.Ids;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;

/** The credentials of the simulated account. */
public record MessageApiAccount(String token, String signingSecret) {

  /** A new account. */
  public static MessageApiAccount random(SecureRandom random) {
    Ids ids = new Ids(random);
    return new MessageApiAccount(ids.alphanumeric(40), ids.hex(64));
  }

  /** Reads back what {@link #toState()} wrote. */
  public static MessageApiAccount fromState(JsonObject state) {
    return new MessageApiAccount(state.getString("token"), state.getString("signing_secret"));
  }

  /** What a client needs, and all that the state file keeps. */
  public JsonObject toState() {
    return new JsonObject().put("token", token).put("signing_secret", signingSecret);
  }

  @Override
  public String toString() {
    return "MessageApiAccount[masked]";
  }
}
