package io.signalbox.deploy.operation;

import static org.awaitility.Awaitility.await;

import io.signalbox.deploy.ApiClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/** What an operator types into the ledger of a running gateway takes effect in it. */
final class TypedWishes {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** What {@code preferences.sql} says. */
  private static final JsonObject WISHES =
      new JsonObject()
          .put("preferred_provider", "sms-activate")
          .put("retry_attempts", 3)
          .put("retry_delay_ms", 500)
          .put("min_success_rate", 95.0)
          .put("max_response_time_ms", 3_000)
          .put("fallback_enabled", false);

  private TypedWishes() {}

  /** Types them; true once all of them are in force. */
  static boolean takeEffect(LedgerQueries ledger, ApiClient api) throws IOException, SQLException {
    ledger.change("preferences.sql");
    try {
      await("the wishes are in force")
          .atMost(LIMIT)
          .until(() -> isInForce(api.get("/api/v1/preferences").json(200)));
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  private static boolean isInForce(JsonObject preferences) {
    JsonObject effective = preferences.getJsonObject("effective").getJsonObject("number").copy();
    return WISHES.stream()
        .allMatch(wish -> wish.getValue().equals(effective.getValue(wish.getKey())));
  }
}
