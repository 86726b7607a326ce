package io.signalbox.deploy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Mails that a provider took and says nothing about. */
final class Notifications {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int BATCH = 500;
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private Notifications() {}

  /** Sends so many through SendGrid, which must be silent; returns their ids once all are sent. */
  static List<String> sent(ApiClient api, int count) {
    List<String> ids = new ArrayList<>();
    while (ids.size() < count) {
      JsonArray batch = new JsonArray();
      int size = Math.min(BATCH, count - ids.size());
      for (int i = 0; i < size; i++) {
        batch.add(Messages.email(NUMBERS.incrementAndGet()).put("provider", "sendgrid"));
      }
      api.batch(batch, "batch-" + NUMBERS.get()).json(202).getJsonArray("results").stream()
          .map(JsonObject.class::cast)
          .forEach(result -> ids.add(result.getString("id")));
    }
    Settling.awaitAll(api, ids, LIMIT, timeline -> "sent".equals(timeline.state()));
    return ids;
  }
}
