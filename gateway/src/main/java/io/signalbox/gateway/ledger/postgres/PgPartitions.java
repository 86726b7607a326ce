package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.model.NotificationId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Partitions of a week each, made ahead of their time. */
final class PgPartitions {
  private static final Logger LOG = LoggerFactory.getLogger(PgPartitions.class);
  private static final List<String> TABLES =
      List.of("notifications", "provider_requests", "notification_events");
  private static final long SPAN_MILLIS = Duration.ofDays(7).toMillis();
  private static final int AHEAD = 3;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private PgPartitions() {}

  /** Makes what is missing of this week's and the next ones. */
  static void make(PgLink link, long nowMillis) throws SQLException {
    long first = nowMillis - Math.floorMod(nowMillis, SPAN_MILLIS);
    for (String table : TABLES) {
      for (int i = 0; i <= AHEAD; i++) {
        make(link, table, first + i * SPAN_MILLIS);
      }
    }
  }

  private static void make(PgLink link, String table, long fromMillis) throws SQLException {
    try {
      link.run(
          // Making one locks the whole table: better later than all behind who reads it for long.
          "SET LOCAL lock_timeout = 200; CREATE TABLE IF NOT EXISTS "
              + table
              + "_"
              + DAY.format(Instant.ofEpochMilli(fromMillis))
              + " PARTITION OF "
              + table
              + " FOR VALUES FROM ("
              + NotificationId.firstKey(fromMillis)
              + ") TO ("
              + NotificationId.firstKey(fromMillis + SPAN_MILLIS)
              + ")");
    } catch (SQLException e) {
      if (!PgFailures.isFaultOfOneChange(e.getSQLState())
          && !PgFailures.LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
      // If the default partition has rows of that time, they stay there, and so do those to come.
      LOG.warn("no partition of {} is made: {}", table, e.getMessage());
    }
  }
}
