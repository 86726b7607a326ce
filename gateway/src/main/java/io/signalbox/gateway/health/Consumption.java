package io.signalbox.gateway.health;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * Whether work is taken up: what was last seen of attempts that ended and of work that nobody did.
 *
 * @param settled attempts that have ended since the start
 * @param settledAtMillis when that was last seen to grow, in epoch milliseconds; 0 if never
 * @param found pieces of work since the start that nobody did until the sweeper found them
 * @param foundAtMillis when that was last seen to grow, in epoch milliseconds; 0 if never
 */
public record Consumption(long settled, long settledAtMillis, long found, long foundAtMillis) {
  /** Before the first look. */
  static final Consumption NOTHING = new Consumption(0, 0, 0, 0);

  /** What a look at the counts shows. */
  Consumption then(long settledNow, long foundNow, long nowMillis) {
    return new Consumption(
        settledNow,
        settledNow > settled ? nowMillis : settledAtMillis,
        foundNow,
        foundNow > found ? nowMillis : foundAtMillis);
  }

  /** For people. */
  public JsonObject json(long nowMillis) {
    JsonObject json = new JsonObject().put("settled", settled).put("sweeper_found", found);
    if (settledAtMillis > 0) {
      json.put("last_settle_at", Instant.ofEpochMilli(settledAtMillis).toString())
          .put("since_last_settle_ms", Math.max(0, nowMillis - settledAtMillis));
    }
    if (foundAtMillis > 0) {
      json.put("sweeper_found_at", Instant.ofEpochMilli(foundAtMillis).toString());
    }
    return json;
  }
}
