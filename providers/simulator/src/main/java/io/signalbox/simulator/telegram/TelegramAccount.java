package io.signalbox.simulator.telegram;

import io.signalbox.simulator.core.Ids;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;

/** The credentials of the simulated bot. */
public record TelegramAccount(String botToken, String secretToken) {

  /** A new bot. */
  public static TelegramAccount random(SecureRandom random) {
    Ids ids = new Ids(random);
    return new TelegramAccount("1" + ids.digits(8) + ":AA" + ids.urlSafe(33), ids.urlSafe(32));
  }

  /** Reads back what {@link #toState()} wrote. */
  public static TelegramAccount fromState(JsonObject state) {
    return new TelegramAccount(state.getString("bot_token"), state.getString("secret_token"));
  }

  /** What a client needs, and all that the state file keeps. */
  public JsonObject toState() {
    return new JsonObject().put("bot_token", botToken).put("secret_token", secretToken);
  }

  /** The bot's own id: what stands before the colon. */
  long botId() {
    return Long.parseLong(botToken.substring(0, botToken.indexOf(':')));
  }

  @Override
  public String toString() {
    return "TelegramAccount[masked]";
  }
}
