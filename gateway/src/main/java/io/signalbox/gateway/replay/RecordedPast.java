package io.signalbox.gateway.replay;

import io.signalbox.gateway.ledger.HistoryLedger;
import io.signalbox.gateway.ledger.PastWork;
import io.signalbox.gateway.ledger.sql.SqlHistory;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.scoring.replay.RecordedAttempt;
import io.signalbox.scoring.replay.RecordedNotification;
import io.signalbox.scoring.replay.RecordedOutcome;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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

  /** Of a gateway at work: others wait for a reader meanwhile. */
  private static final int SMALL_PAGE = 200;

  /** More notifications of other tenants, or that are not done, are not passed over. */
  private static final int MOST_SEEN = 200_000;

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
    Gathering gathering = new Gathering(fromMillis, untilMillis, limit);
    while (gathering.wantsMore()) {
      gathering.take(history.page(gathering.after, untilMillis, PAGE));
    }
    return gathering.end(history.newestRankings(fromMillis, untilMillis));
  }

  /**
   * Reads it out of a ledger that is at work.
   *
   * @param tenant whose; null for all tenants'
   * @param limit how many notifications at most; it looks at {@value #MOST_SEEN} at most
   */
  static Future<RecordedPast> read(
      HistoryLedger history,
      @Nullable String tenant,
      long fromMillis,
      long untilMillis,
      int limit) {
    Gathering gathering = new Gathering(fromMillis, untilMillis, limit);
    Promise<Void> gathered = Promise.promise();
    gather(history, tenant, gathering, gathered);
    return gathered
        .future()
        .compose(all -> history.newestRankings(fromMillis, untilMillis))
        .map(gathering::end);
  }

  private static void gather(
      HistoryLedger history, @Nullable String tenant, Gathering gathering, Promise<Void> gathered) {
    if (!gathering.wantsMore() || gathering.seen >= MOST_SEEN) {
      gathered.complete();
      return;
    }
    history
        .page(tenant, gathering.after, gathering.untilMillis, SMALL_PAGE)
        .onComplete(
            page -> {
              gathering.seen += SMALL_PAGE;
              gathering.take(page);
              gather(history, tenant, gathering, gathered);
            },
            gathered::fail);
  }

  /** What was read so far. Used by one read, whose steps follow each other. */
  private static final class Gathering {
    private final List<RecordedNotification> notifications = new ArrayList<>();
    private final long untilMillis;
    private final int limit;
    private long after;
    private int seen;
    private boolean more = true;

    Gathering(long fromMillis, long untilMillis, int limit) {
      this.untilMillis = untilMillis;
      this.limit = limit;
      this.after = NotificationId.firstKey(fromMillis) - 1;
    }

    boolean wantsMore() {
      return more && notifications.size() < limit;
    }

    void take(PastWork.Page page) {
      int room = limit - notifications.size();
      page.work().stream().limit(room).map(RecordedPast::recorded).forEach(notifications::add);
      after = page.lastKey();
      more = page.more() || page.work().size() > room;
    }

    RecordedPast end(Map<Channel, String> rankings) {
      return new RecordedPast(notifications, known(rankings, notifications), !more);
    }
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
      Map<Channel, String> rankings, List<RecordedNotification> notifications) {
    Map<String, Set<String>> channels = new TreeMap<>();
    Map<String, Integer> priorities = new TreeMap<>();
    rankings.forEach(
        (channel, json) -> {
          JsonArray candidates = new JsonObject(json).getJsonArray("candidates", new JsonArray());
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
