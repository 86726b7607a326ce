package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which notifications may be removed, and how many were, of which end. Not thread-safe. */
public final class RemovedTotals {
  /** Adds a total to those that are stored. */
  public static final String ADD =
      """
      INSERT INTO removed_totals (tenant, channel, state, notifications, attempts)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (tenant, channel, state) DO UPDATE SET
        notifications = removed_totals.notifications + excluded.notifications,
        attempts = removed_totals.attempts + excluded.attempts""";

  private static final String FINISHED =
      Arrays.stream(NotificationState.values())
          .filter(RemovedTotals::isFinished)
          .map(state -> Integer.toString(state.code()))
          .collect(Collectors.joining(", "));

  private final Map<Ended, long[]> sums = new HashMap<>();

  /** Whether nothing is to be done with a notification of that state, by us or by a person. */
  private static boolean isFinished(NotificationState state) {
    return switch (state) {
      case SENT, FAILED, EXPIRED, CANCELLED, DELIVERED -> true;
      case SCHEDULED, QUEUED, PROCESSING, HELD, DEAD_LETTER -> false;
    };
  }

  /**
   * The condition that a notification is finished, and was last changed before a time. An attempt
   * may be under way all the same.
   *
   * @param before the parameter with the time
   */
  public static String finished(String before) {
    return "state IN (" + FINISHED + ") AND due_at IS NULL AND updated_at < " + before;
  }

  /** Counts notifications of one tenant and lane that go in one state; negative: that stay. */
  public void add(String tenant, int lane, int state, long notifications, long attempts) {
    int channel = Lane.ofCode(lane).channel().code();
    long[] sum = sums.computeIfAbsent(new Ended(tenant, channel, state), key -> new long[2]);
    sum[0] += notifications;
    sum[1] += attempts;
  }

  /** What was counted. */
  public List<Total> all() {
    return sums.entrySet().stream()
        .map(
            sum ->
                new Total(
                    sum.getKey().tenant(),
                    sum.getKey().channel(),
                    sum.getKey().state(),
                    sum.getValue()[0],
                    sum.getValue()[1]))
        .toList();
  }

  private record Ended(String tenant, int channel, int state) {}

  /**
   * How many notifications of a tenant and a channel went in a state.
   *
   * @param channel the code of the channel
   * @param state the code of the state
   * @param attempts how many attempts they had
   */
  public record Total(String tenant, int channel, int state, long notifications, long attempts) {}
}
