package io.signalbox.simulator.mailgun;

import io.signalbox.simulator.core.Ids;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;

/**
 * The credentials of the simulated account.
 *
 * @param domain the only sending domain
 */
public record MailgunAccount(String apiKey, String domain, String webhookSigningKey) {
  private static final String DOMAIN = "mg.signalbox.example";

  /** A new account. */
  public static MailgunAccount random(SecureRandom random) {
    Ids ids = new Ids(random);
    return new MailgunAccount(
        ids.hex(32) + "-" + ids.hex(8) + "-" + ids.hex(8), DOMAIN, ids.hex(32));
  }

  /** Reads back what {@link #toState()} wrote. */
  public static MailgunAccount fromState(JsonObject state) {
    return new MailgunAccount(
        state.getString("api_key"),
        state.getString("domain"),
        state.getString("webhook_signing_key"));
  }

  /** What a client needs, and all that the state file keeps. */
  public JsonObject toState() {
    return new JsonObject()
        .put("api_key", apiKey)
        .put("domain", domain)
        .put("webhook_signing_key", webhookSigningKey);
  }

  @Override
  public String toString() {
    return "MailgunAccount[masked]";
  }
}
