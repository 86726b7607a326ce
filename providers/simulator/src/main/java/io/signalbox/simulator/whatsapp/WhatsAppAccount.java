package io.signalbox.simulator.whatsapp;

import io.signalbox.simulator.core.Ids;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;

/**
 * The simulated business account.
 *
 * @param phoneNumberId of its only number
 * @param verifyToken the word that a receiver of webhooks expects in Meta's challenge; this
 *     simulator sends none
 */
public record WhatsAppAccount(
    String phoneNumberId, String accessToken, String appSecret, String verifyToken) {

  /** A new account. */
  public static WhatsAppAccount random(SecureRandom random) {
    Ids ids = new Ids(random);
    return new WhatsAppAccount(
        "1" + ids.digits(14), "EAAG" + ids.alphanumeric(80), ids.hex(32), ids.alphanumeric(24));
  }

  /** Reads back what {@link #toState()} wrote. */
  public static WhatsAppAccount fromState(JsonObject state) {
    return new WhatsAppAccount(
        state.getString("phone_number_id"),
        state.getString("access_token"),
        state.getString("app_secret"),
        state.getString("verify_token"));
  }

  /** What a client needs, and all that the state file keeps. */
  public JsonObject toState() {
    return new JsonObject()
        .put("phone_number_id", phoneNumberId)
        .put("access_token", accessToken)
        .put("app_secret", appSecret)
        .put("verify_token", verifyToken);
  }

  @Override
  public String toString() {
    return "WhatsAppAccount[masked]";
  }
}
