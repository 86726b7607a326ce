package io.signalbox.simulator.fivesim;

import io.signalbox.simulator.core.Ids;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;

/** The credentials of the simulated account. */
public record FiveSimAccount(String token) {

  /** A new account. */
  public static FiveSimAccount random(SecureRandom random) {
    Ids ids = new Ids(random);
    return new FiveSimAccount(
        "eyJ" + ids.urlSafe(33) + "." + ids.urlSafe(60) + "." + ids.urlSafe(86));
  }

  /** Reads back what {@link #toState()} wrote. */
  public static FiveSimAccount fromState(JsonObject state) {
    return new FiveSimAccount(state.getString("token"));
  }

  /** What a client needs, and all that the state file keeps. */
  public JsonObject toState() {
    return new JsonObject().put("token", token);
  }

  @Override
  public String toString() {
    return "FiveSimAccount[masked]";
  }
}
