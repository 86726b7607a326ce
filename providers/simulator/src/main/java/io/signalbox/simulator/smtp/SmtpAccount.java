package io.signalbox.simulator.smtp;

import io.signalbox.simulator.core.Ids;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;

/** The credentials of the simulated account. */
public record SmtpAccount(String username, String password) {

  /** A new account. */
  public static SmtpAccount random(SecureRandom random) {
    Ids ids = new Ids(random);
    return new SmtpAccount("user-" + ids.alphanumeric(8), ids.alphanumeric(24));
  }

  /** Reads back what {@link #toState()} wrote. */
  public static SmtpAccount fromState(JsonObject state) {
    return new SmtpAccount(state.getString("username"), state.getString("password"));
  }

  /** What a client needs besides the port, and all that the state file keeps. */
  public JsonObject toState() {
    return new JsonObject().put("username", username).put("password", password);
  }

  boolean isOf(String name, String secret) {
    return username.equals(name) && password.equals(secret);
  }

  @Override
  public String toString() {
    return "SmtpAccount[masked]";
  }
}
