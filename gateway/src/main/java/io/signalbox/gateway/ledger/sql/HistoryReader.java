package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Drill;
import io.signalbox.gateway.ledger.PastWork;
import io.signalbox.gateway.ledger.PastWork.Attempt;
import io.signalbox.gateway.ledger.PastWork.Page;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.intake.SendNotification;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements of {@link SqlHistory} and {@link SqlHistoryLedger}. */
final class HistoryReader {
  private final Contents contents;
  private final SqlStatement notifications;
  private final SqlStatement attempts;
  private final SqlStatement confirmed;
  private final SqlStatement rankings;

  HistoryReader(SqlConnection connection, Contents contents) throws SQLException {
    this.contents = contents;
    notifications =
        connection.prepare(
            """
            SELECT id, state, tenant, type, accepted_at, content FROM notifications
            WHERE id > ? AND id < ? ORDER BY id LIMIT ?""");
    attempts =
        connection.prepare(
            """
            SELECT channel, provider, created_at, ended_at, outcome, receipt_status, code, attempt
            FROM provider_requests WHERE notification_id = ? ORDER BY attempt""");
    confirmed =
        connection.prepare(
            "SELECT MIN(created_at) FROM webhook_events"
                + " WHERE notification_id = ? AND attempt = ? AND status IN ("
                + delivered()
                + ")");
    rankings =
        connection.prepare(
            """
            SELECT r.channel, k.json FROM rankings k JOIN (
              SELECT channel, MAX(ranking_id) AS newest FROM provider_requests
              WHERE notification_id >= ? AND notification_id < ? GROUP BY channel) r
            ON k.id = r.newest""");
  }

  private static String delivered() {
    return Arrays.stream(ReceiptStatus.values())
        .filter(ReceiptStatus::meansDelivered)
        .map(status -> Integer.toString(status.code()))
        .collect(Collectors.joining(", "));
  }

  /**
   * A page.
   *
   * @param tenant whose; null for all tenants'
   */
  Page page(@Nullable String tenant, long afterKey, long untilKey, int limit) throws SQLException {
    notifications.setLong(1, afterKey);
    notifications.setLong(2, untilKey);
    notifications.setInt(3, limit);
    List<PastWork> found = new ArrayList<>();
    long last = afterKey;
    int seen = 0;
    try (SqlRows row = notifications.query()) {
      while (row.next()) {
        seen++;
        last = row.getLong(1);
        PastWork work = tenant == null || tenant.equals(row.getString(3)) ? work(row) : null;
        if (work != null) {
          found.add(work);
        }
      }
    }
    return new Page(found, last, seen == limit);
  }

  private @Nullable PastWork work(SqlRows row) throws SQLException {
    long key = row.getLong(1);
    boolean over =
        switch (NotificationState.ofCode(row.getInt(2))) {
          case SCHEDULED, QUEUED, PROCESSING -> false;
          default -> true;
        };
    if (!over || row.getString(4).startsWith(Drill.TYPE_PREFIX)) {
      return null;
    }
    List<Attempt> made = attempts(key);
    if (made.isEmpty()) {
      return null;
    }
    return new PastWork(key, channels(row, made), made);
  }

  /** Those that were asked for, or, where the contents are removed, that were taken. */
  private List<Channel> channels(SqlRows row, List<Attempt> made) throws SQLException {
    byte[] stored = row.getBytes(6);
    if (stored.length == 0) {
      return made.stream().map(Attempt::channel).distinct().toList();
    }
    SendNotification notification =
        contents.read(stored, row.getString(3), row.getLong(1), row.getLong(5));
    List<Channel> channels = new ArrayList<>();
    channels.add(notification.channel());
    channels.addAll(notification.fallbackChannels());
    return channels;
  }

  /** Empty if there is none, or one of them says nothing. */
  private List<Attempt> attempts(long key) throws SQLException {
    attempts.setLong(1, key);
    List<Attempt> made = new ArrayList<>();
    try (SqlRows row = attempts.query()) {
      while (row.next()) {
        OutcomeKind outcome = Columns.outcome(row, 5);
        if (outcome == null || AttemptTable.NODE_STOPPED.equals(Columns.text(row, 7))) {
          return List.of();
        }
        long endedAt = row.getLong(4);
        ReceiptStatus best = ReceiptStatus.ofCode(row.getInt(6));
        boolean open = outcome == OutcomeKind.UNKNOWN && best.meansDelivered();
        made.add(
            new Attempt(
                Channel.ofCode(row.getInt(1)),
                row.getString(2),
                row.getLong(3),
                Math.max(0, endedAt - row.getLong(3)),
                outcome,
                open ? confirmedAfter(key, row.getInt(8), endedAt) : -1,
                best.meansNotDelivered()));
      }
    }
    return made;
  }

  private long confirmedAfter(long key, int attempt, long endedAtMillis) throws SQLException {
    confirmed.setLong(1, key);
    confirmed.setInt(2, attempt);
    try (SqlRows row = confirmed.query()) {
      long at = row.next() ? row.getLong(1) : 0;
      return at == 0 ? -1 : Math.max(0, at - endedAtMillis);
    }
  }

  Map<Channel, String> newestRankings(long fromKey, long untilKey) throws SQLException {
    rankings.setLong(1, fromKey);
    rankings.setLong(2, untilKey);
    Map<Channel, String> found = new EnumMap<>(Channel.class);
    try (SqlRows row = rankings.query()) {
      while (row.next()) {
        found.put(Channel.ofCode(row.getInt(1)), row.getString(2));
      }
    }
    return found;
  }
}
