package io.signalbox.gateway.replay;

import io.signalbox.gateway.ledger.PastWork;
import io.signalbox.gateway.ledger.sql.SqlHistory;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.scoring.replay.RecordedAttempt;
import io.signalbox.scoring.replay.RecordedNotification;
import io.signalbox.scoring.replay.RecordedOutcome;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a ledger recorded in a span of time, in the form that a replay takes.
 *
 * @param notifications at most as many as asked for, the oldest
 * @param candidates whom each provider's channels and priority rank are known of
 * @param complete whether that is all of the span
 */
public record RecordedPast(
    List<RecordedNotification> notifications, List<Known> candidates, boolean complete) {
  private static final int PAGE = 1_000;

  /** Copies the lists. */
  public RecordedPast {
    notifications = List.copyOf(notifications);
    candidates = List.copyOf(candidates);
  }

  /** A provider that was a candidate or was tried. */
  public record Known(String provider, Set<String> channels, int priority) {
    /** Copies the set. */
    public Known {
      channels = Set.copyOf(channels);
    }
  }

  /**
   * Reads it, page by page. Blocks.
   *
   * @param limit how many notifications at most
   */
  public static RecordedPast read(
      SqlHistory history, long fromMillis, long untilMillis, int limit) {
    List<RecordedNotification> notifications = new ArrayList<>();
    long after = NotificationId.firstKey(fromMillis) - 1;
    boolean more = true;
    while (more && notifications.size() < limit) {
      SqlHistory.Page page = history.page(after, untilMillis, PAGE);
      for (PastWork work : page.work()) {
        if (notifications.size() < limit) {
          notifications.add(recorded(work));
        } else {
          return new RecordedPast(
              notifications, known(history, fromMillis, untilMillis, notifications), false);
        }
      }
      after = page.lastKey();
      more = page.more();
    }
    return new RecordedPast(
        notifications, known(history, fromMillis, untilMillis, notifications), !more);
  }

  private static RecordedNotification recorded(PastWork work) {
    return new RecordedNotification(
        work.channels().stream().map(Channel::wireName).toList(),
        work.attempts().stream()
            .map(
                attempt ->
                    new RecordedAttempt(
                        attempt.channel().wireName(),
                        attempt.provider(),
                        attempt.startedAtMillis(),
                        attempt.tookMillis(),
                        RecordedOutcome.valueOf(attempt.outcome().name()),
                        attempt.confirmedAfterMillis(),
                        attempt.undelivered()))
            .toList());
  }

  /** The candidates of the newest rankings, and whoever else was tried. */
  private static List<Known> known(
      SqlHistory history,
      long fromMillis,
      long untilMillis,
      List<RecordedNotification> notifications) {
    Map<String, Set<String>> channels = new TreeMap<>();
    Map<String, Integer> priorities = new TreeMap<>();
    history
        .newestRankings(fromMillis, untilMillis)
        .forEach(
            (channel, json) -> {
              JsonArray candidates =
                  new JsonObject(json).getJsonArray("candidates", new JsonArray());
              for (Object each : candidates) {
                JsonObject candidate = (JsonObject) each;
                String provider = candidate.getString("provider");
                channels.computeIfAbsent(provider, id -> new TreeSet<>()).add(channel.wireName());
                priorities.put(provider, candidate.getInteger("priority", 1));
              }
            });
    for (RecordedNotification notification : notifications) {
      for (RecordedAttempt attempt : notification.attempts()) {
        channels.computeIfAbsent(attempt.provider(), id -> new TreeSet<>()).add(attempt.channel());
      }
    }
    List<Known> known = new ArrayList<>();
    channels.forEach(
        (provider, carried) ->
            known.add(new Known(provider, carried, priorities.getOrDefault(provider, 1))));
    return known;
  }
}
