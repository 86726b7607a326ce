package io.signalbox.simulator.postmark;

import io.signalbox.simulator.core.Ids;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;

/**
 * The credentials of the simulated server.
 *
 * @param webhookCredentials user and password, joined by a colon, that every webhook carries
 */
public record PostmarkAccount(String serverToken, String webhookCredentials) {

  /** A new account. */
  public static PostmarkAccount random(SecureRandom random) {
    Ids ids = new Ids(random);
    return new PostmarkAccount(ids.uuid(), "postmark:" + ids.alphanumeric(24));
  }

  /** Reads back what {@link #toState()} wrote. */
  public static PostmarkAccount fromState(JsonObject state) {
    return new PostmarkAccount(
        state.getString("server_token"), state.getString("webhook_credentials"));
  }

  /** What a client needs, and all that the state file keeps. */
  public JsonObject toState() {
    return new JsonObject()
        .put("server_token", serverToken)
        .put("webhook_credentials", webhookCredentials);
  }

  @Override
  public String toString() {
    return "PostmarkAccount[masked]";
  }
}
